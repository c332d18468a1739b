#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

class Tokenizer;
std::vector<int32_t> encode(const Tokenizer & tok, const std::string & text);

int32_t require_single_token(const Tokenizer & tok, const std::string & word) {
    const auto ids = encode(tok, word);
    switch (ids.size()) {
        case 1:
            return ids[0];
        case 0:
            throw std::runtime_error("'" + word + "' gives no token at all");
        default:
            throw std::runtime_error("'" + word + "' is split into several tokens");
    }
}

struct YesNo {
    int32_t yes, no;
};

YesNo yes_no(const Tokenizer & tok) {
    return { require_single_token(tok, "yes"), require_single_token(tok, "no") };
}
