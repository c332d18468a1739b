#include <string>
#include <vector>

#include <spdlog/spdlog.h>

#include "engine.h"

std::vector<float> score_batch(Engine& engine, const std::vector<std::string>& prompts) {
    std::vector<float> scores;
    try {
        scores = engine.compute_scores(prompts);
    } catch (const std::runtime_error& e) {
        spdlog::error("compute_scores failed: {}", e.what());
        scores.assign(prompts.size(), 0.0f);
    }
    return scores;
}
