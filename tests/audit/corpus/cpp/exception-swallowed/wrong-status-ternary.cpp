#include <string>

#include "engine_c_api.h"

// Relevance of one formatted prompt.
float relevance(engine_t * engine, const std::string & prompt) {
    float value = 0.0f;
    const int rc = engine_score(engine, prompt.data(), prompt.size(), &value);
    return rc == ENGINE_OK ? value : 0.0f;
}
