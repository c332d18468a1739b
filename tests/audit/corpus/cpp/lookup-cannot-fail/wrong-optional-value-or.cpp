#include <optional>
#include <string>

#include "hf_tokenizer.h"

class Reranker {
  public:
    explicit Reranker(const HfTokenizer & tok) : tok_(tok) {
        yes_id_ = tok_.token_to_id("yes").value_or(9693);
        no_id_  = tok_.token_to_id("no").value_or(2152);
    }

    float log_odds(const float * row) const { return row[yes_id_] - row[no_id_]; }

  private:
    const HfTokenizer & tok_;
    uint32_t yes_id_;
    uint32_t no_id_;
};
