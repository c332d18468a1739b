#include <algorithm>
#include <string>
#include <vector>

class RankResponse {
  public:
    RankResponse(std::vector<std::string> docs, std::vector<float> scores)
        : docs_(std::move(docs)), scores_(std::move(scores)) {}

    void keep_best(size_t n) {
        n = std::min(n, scores_.size());
        std::partial_sort(scores_.begin(), scores_.begin() + n, scores_.end(), [](float a, float b) { return a > b; });
        scores_.resize(n);
        docs_.resize(n);
    }

    std::string line(size_t i) const { return std::to_string(scores_.at(i)) + "\t" + docs_.at(i); }

  private:
    std::vector<std::string> docs_;
    std::vector<float> scores_;
};
