#include <stdexcept>
#include <string>
#include <vector>

struct Hit {
    size_t      index;
    std::string text;
    double      score;
};

// In request order; the client sorts when it wants to.
std::vector<Hit> hits(const std::vector<std::string> & documents, const std::vector<double> & scores) {
    if (documents.size() != scores.size()) {
        throw std::logic_error("one score per document expected");
    }
    std::vector<Hit> out;
    for (size_t i = 0; i < documents.size(); ++i) {
        out.push_back({ i, documents[i], scores[i] });
    }
    return out;
}
