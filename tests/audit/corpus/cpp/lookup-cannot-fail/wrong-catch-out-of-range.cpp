#include <map>
#include <stdexcept>
#include <string>

class AnswerLookup {
  public:
    explicit AnswerLookup(std::map<std::string, int> vocab) : vocab_(std::move(vocab)) {}

    int yes() const { return get("yes", 9693); }
    int no() const { return get("no", 2152); }

  private:
    int get(const std::string & word, int usual) const {
        try {
            return vocab_.at(word);
        } catch (const std::out_of_range &) {
            return usual;
        }
    }

    std::map<std::string, int> vocab_;
};
