#include "llama.h"

#include <unordered_set>
#include <vector>

class stop_set {
  public:
    explicit stop_set(const llama_vocab * vocab) {
        ids_.insert(llama_vocab_eos(vocab));
        ids_.insert(llama_vocab_eot(vocab));
    }

    bool contains(llama_token t) const { return ids_.count(t) > 0; }

    std::vector<llama_token> cut(const std::vector<llama_token> & in) const {
        std::vector<llama_token> out;
        for (llama_token t : in) {
            if (contains(t)) {
                break;
            }
            out.push_back(t);
        }
        return out;
    }

  private:
    std::unordered_set<llama_token> ids_;
};
