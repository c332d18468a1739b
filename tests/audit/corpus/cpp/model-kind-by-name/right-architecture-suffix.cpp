#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

enum class ModelType { Embedding, Classifier, Reranker };

static bool ends_with(const std::string & s, const std::string & tail) {
    return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

ModelType model_type(const nlohmann::json & config) {
    const auto arch = config.at("architectures").at(0).get<std::string>();
    if (!ends_with(arch, "Classification")) {
        return ModelType::Embedding;
    }
    if (!config.contains("id2label")) {
        throw std::runtime_error("a classifier needs id2label in config.json");
    }
    return config["id2label"].size() == 1 ? ModelType::Reranker : ModelType::Classifier;
}
