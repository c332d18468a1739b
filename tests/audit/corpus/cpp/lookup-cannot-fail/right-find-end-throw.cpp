#include <stdexcept>
#include <string>
#include <unordered_map>

class WordIds {
  public:
    explicit WordIds(const std::unordered_map<std::string, int> & vocab)
        : yes_(find(vocab, "yes")), no_(find(vocab, "no")) {}

    int yes() const noexcept { return yes_; }
    int no() const noexcept { return no_; }

  private:
    static int find(const std::unordered_map<std::string, int> & vocab, const char * word) {
        const auto it = vocab.find(word);
        if (it == vocab.end()) {
            throw std::runtime_error(std::string("missing token: ") + word);
        }
        return it->second;
    }

    int yes_;
    int no_;
};
