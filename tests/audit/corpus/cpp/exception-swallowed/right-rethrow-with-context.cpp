#include <stdexcept>
#include <string>

#include "session.h"

class Scorer {
  public:
    explicit Scorer(Session & s) : session_(s) {}

    float score(const std::string & prompt) {
        try {
            return session_.probability(prompt);
        } catch (const std::exception & e) {
            throw std::runtime_error("scoring a prompt of " + std::to_string(prompt.size()) + " bytes: " + e.what());
        }
    }

  private:
    Session & session_;
};
