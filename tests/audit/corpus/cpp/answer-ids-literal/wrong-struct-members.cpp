#include <cmath>
#include <cstdint>
#include <vector>

struct RerankHeadConfig {
    int32_t true_token_id  = 9693;
    int32_t false_token_id = 2152;
    int32_t max_length     = 8192;
};

class CausalRerankHead {
  public:
    explicit CausalRerankHead(RerankHeadConfig cfg) : cfg_(cfg) {}

    double score(const std::vector<float> & row) const {
        const double a = row.at(static_cast<size_t>(cfg_.true_token_id));
        const double b = row.at(static_cast<size_t>(cfg_.false_token_id));
        return std::exp(a) / (std::exp(a) + std::exp(b));
    }

  private:
    RerankHeadConfig cfg_;
};
