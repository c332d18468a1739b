#include <cmath>
#include <string>
#include <vector>

#include "session.h"

class Backend {
  public:
    std::vector<float> logits(const std::vector<std::string> & prompts) {
        std::vector<float> out;
        for (const auto & p : prompts) {
            out.push_back(session_.logit(p));
        }
        return out;
    }

  private:
    Session session_;
};

std::vector<float> infer_scores(Backend & backend, const std::vector<std::string> & prompts) {
    std::vector<float> scores = backend.logits(prompts);
    for (float & s : scores) {
        s = 1.0f / (1.0f + std::exp(-s));
    }
    return scores;
}
