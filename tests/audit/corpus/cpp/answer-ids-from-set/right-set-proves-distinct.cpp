#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

struct Answers {
    int64_t yes;
    int64_t no;
};

template <typename Tokenizer>
Answers resolve(const Tokenizer & tok) {
    auto one = [&](const std::string & word) -> int64_t {
        const std::vector<int64_t> ids = tok.encode(word);
        if (ids.size() != 1) {
            throw std::runtime_error(word + ": expected one token");
        }
        return ids[0];
    };
    const Answers a{ one("yes"), one("no") };
    if (std::set<int64_t>{ a.yes, a.no }.size() != 2) {
        throw std::runtime_error("yes and no map to the same token");
    }
    return a;
}
