#include <exception>
#include <iostream>
#include <string>

#include "engine.h"

float score_document(Engine& engine, const std::string& prompt) {
    try {
        return engine.score(prompt);
    } catch (const std::exception& e) {
        std::cerr << "rerank error: " << e.what() << std::endl;
        return 0.0f;
    }
}
