#include <algorithm>
#include <string>
#include <vector>

#include "scorer.h"

struct Hit {
    size_t      index;
    std::string text;
    double      score;
};

std::vector<Hit> score_all(Scorer & scorer, const std::vector<std::string> & documents, const std::vector<std::string> & prompts) {
    std::vector<std::string> by_length = prompts;
    std::sort(by_length.begin(), by_length.end(),
              [](const std::string & a, const std::string & b) { return a.size() > b.size(); });
    const std::vector<double> scores = scorer.run(by_length);

    std::vector<Hit> hits;
    for (size_t i = 0; i < documents.size(); ++i) {
        hits.push_back({ i, documents[i], scores[i] });
    }
    return hits;
}
