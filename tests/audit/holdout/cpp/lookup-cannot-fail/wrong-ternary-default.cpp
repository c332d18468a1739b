#include <string>
#include <unordered_map>

class Scorer {
public:
    explicit Scorer(const std::unordered_map<std::string, int>& vocab) {
        auto yes = vocab.find("yes");
        yes_id_ = yes != vocab.end() ? yes->second : 0;
        auto no = vocab.find("no");
        no_id_ = no != vocab.end() ? no->second : 0;
    }

    float margin(const float* logits) const { return logits[yes_id_] - logits[no_id_]; }

private:
    int yes_id_;
    int no_id_;
};
