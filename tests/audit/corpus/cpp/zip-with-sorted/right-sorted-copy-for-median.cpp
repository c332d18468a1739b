#include <algorithm>
#include <string>
#include <vector>

struct ScoreSummary {
    double median = 0;
    double lowest = 0;
    double highest = 0;
};

ScoreSummary summarise(const std::vector<double> & scores) {
    std::vector<double> ordered(scores);
    std::sort(ordered.begin(), ordered.end());
    ScoreSummary s;
    if (!ordered.empty()) {
        s.lowest  = ordered.front();
        s.highest = ordered.back();
        s.median  = ordered[ordered.size() / 2];
    }
    return s;
}

std::vector<std::string> lines(const std::vector<std::string> & documents, const std::vector<double> & scores) {
    std::vector<std::string> out;
    for (size_t i = 0; i < documents.size(); ++i) {
        out.push_back(std::to_string(scores[i]) + "\t" + documents[i]);
    }
    return out;
}
