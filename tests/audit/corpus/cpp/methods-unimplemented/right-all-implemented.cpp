#include <memory>
#include <string>
#include <vector>

#include "session.h"

class RerankModel {
  public:
    virtual ~RerankModel() = default;
    virtual std::vector<float> predict(const std::vector<std::string> & prompts) = 0;
    virtual size_t max_length() const = 0;
};

class Qwen3Reranker : public RerankModel {
  public:
    explicit Qwen3Reranker(const std::string & path) : session_(path) {}

    std::vector<float> predict(const std::vector<std::string> & prompts) override {
        std::vector<float> out;
        for (const auto & p : prompts) {
            out.push_back(session_.yes_probability(p));
        }
        return out;
    }

    size_t max_length() const override { return 8192; }

  private:
    Session session_;
};

std::unique_ptr<RerankModel> make_model(const std::string & path) {
    return std::make_unique<Qwen3Reranker>(path);
}
