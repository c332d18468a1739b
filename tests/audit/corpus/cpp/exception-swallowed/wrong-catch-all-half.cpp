#include <string>

#include "session.h"

class Scorer {
  public:
    explicit Scorer(Session & s) : session_(s) {}

    float score(const std::string & prompt) {
        try {
            return session_.probability(prompt);
        } catch (...) {
            return 0.5f;
        }
    }

  private:
    Session & session_;
};
