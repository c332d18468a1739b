#include <stdexcept>
#include <string>
#include <unordered_map>

class Scorer {
public:
    explicit Scorer(const std::unordered_map<std::string, int>& vocab)
        : yes_id_(require(vocab, "yes")), no_id_(require(vocab, "no")) {}

    float margin(const float* logits) const { return logits[yes_id_] - logits[no_id_]; }

private:
    static int require(const std::unordered_map<std::string, int>& vocab, const std::string& word) {
        auto it = vocab.find(word);
        if (it == vocab.end()) {
            throw std::runtime_error("token not in vocabulary: " + word);
        }
        return it->second;
    }

    int yes_id_;
    int no_id_;
};
