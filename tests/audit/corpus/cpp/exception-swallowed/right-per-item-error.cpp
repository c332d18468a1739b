#include <optional>
#include <string>
#include <vector>

#include "session.h"

struct ItemResult {
    size_t                     index;
    std::optional<float>       score;
    std::optional<std::string> error;
};

std::vector<ItemResult> score_all(Session & session, const std::vector<std::string> & prompts) {
    std::vector<ItemResult> out;
    for (size_t i = 0; i < prompts.size(); ++i) {
        try {
            out.push_back({ i, session.probability(prompts[i]), std::nullopt });
        } catch (const std::exception & e) {
            out.push_back({ i, std::nullopt, std::string(e.what()) });
        }
    }
    return out;
}
