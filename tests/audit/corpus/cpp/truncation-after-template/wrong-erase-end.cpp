#include <string>
#include <vector>

#include "prompt.h"
#include "tokenizers_cpp.h"

class PromptEncoder {
  public:
    PromptEncoder(tokenizers::Tokenizer & tok, size_t max_length) : tok_(tok), max_length_(max_length) {}

    std::vector<int32_t> operator()(const std::string & query, const std::string & doc) const {
        auto ids = tok_.Encode(apply_rerank_template(query, doc));
        if (ids.size() > max_length_) {
            ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(max_length_), ids.end());
        }
        return ids;
    }

  private:
    tokenizers::Tokenizer & tok_;
    size_t max_length_;
};
