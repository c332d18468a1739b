#include "service.h"

#include "engine.h"

#include <algorithm>

std::vector<RankedItem> RankService::rank(const std::string & query, const std::vector<std::string> & documents) {
    std::vector<RankedItem> items;
    for (size_t i = 0; i < documents.size(); ++i) {
        items.push_back({ i, engine_.score_pair(query, documents[i]) });
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const RankedItem & a, const RankedItem & b) { return a.score > b.score; });
    return items;
}
