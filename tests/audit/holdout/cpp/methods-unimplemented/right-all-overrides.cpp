#include <string>
#include <vector>

class RerankModel {
public:
    virtual ~RerankModel() = default;
    virtual void load(const std::string& path) = 0;
    virtual std::vector<float> score(const std::vector<std::string>& prompts) = 0;
    virtual int max_length() const { return 8192; }
};

class Qwen3RerankModel : public RerankModel {
public:
    void load(const std::string& path) override { engine_.open(path); }

    std::vector<float> score(const std::vector<std::string>& prompts) override {
        return engine_.yes_probabilities(prompts);
    }

private:
    Qwen3Engine engine_;
};
