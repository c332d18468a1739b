#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

class AnswerVocabulary {
  public:
    template <typename Tokenizer>
    explicit AnswerVocabulary(const Tokenizer & tok) {
        std::set<int64_t> unique{ one(tok, "yes"), one(tok, "no") };
        if (unique.size() != 2) {
            throw std::logic_error("yes and no share one token");
        }
        ids_.assign(unique.begin(), unique.end());
    }

    int64_t yes_id() const { return ids_[0]; }
    int64_t no_id() const { return ids_[1]; }

  private:
    template <typename Tokenizer>
    static int64_t one(const Tokenizer & tok, const std::string & word) {
        const auto ids = tok.encode(word);
        if (ids.size() != 1) {
            throw std::runtime_error("not one token: " + word);
        }
        return ids[0];
    }

    std::vector<int64_t> ids_;
};
