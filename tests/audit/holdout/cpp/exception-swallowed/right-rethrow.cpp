#include <string>
#include <vector>

#include <spdlog/spdlog.h>

#include "engine.h"

std::vector<float> score_batch(Engine& engine, const std::vector<std::string>& prompts) {
    if (prompts.empty()) {
        return {};
    }
    try {
        return engine.compute_scores(prompts);
    } catch (const std::runtime_error& e) {
        spdlog::error("compute_scores failed for {} prompts: {}", prompts.size(), e.what());
        throw;
    }
}
