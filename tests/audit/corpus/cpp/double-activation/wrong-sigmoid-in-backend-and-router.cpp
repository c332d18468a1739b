#include <cmath>
#include <string>
#include <vector>

#include "session.h"

static float sigmoid(float x) {
    return 1.0f / (1.0f + std::exp(-x));
}

class Backend {
  public:
    std::vector<float> predict(const std::vector<std::string> & prompts) {
        std::vector<float> out;
        for (const auto & p : prompts) {
            out.push_back(sigmoid(session_.logit(p)));
        }
        return out;
    }

  private:
    Session session_;
};

std::vector<float> infer_scores(Backend & backend, const std::vector<std::string> & prompts) {
    std::vector<float> scores = backend.predict(prompts);
    for (float & s : scores) {
        s = sigmoid(s);
    }
    return scores;
}
