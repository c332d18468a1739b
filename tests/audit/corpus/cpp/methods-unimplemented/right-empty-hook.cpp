#include <cmath>
#include <vector>

class Head {
  public:
    virtual ~Head() = default;
    virtual void  warm_up() = 0;
    virtual bool  needs_token_types() const = 0;
    virtual float score(const std::vector<float> & logits) const = 0;
};

class SigmoidHead final : public Head {
  public:
    void warm_up() override {}

    bool needs_token_types() const override { return false; }

    float score(const std::vector<float> & logits) const override {
        return 1.0f / (1.0f + std::exp(-logits.at(0)));
    }
};

const Head & default_head() {
    static const SigmoidHead head;
    return head;
}
