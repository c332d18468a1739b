#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

enum class HeadType { YesNo, Classifier };

HeadType head_type_from_config(const std::filesystem::path& model_dir) {
    std::ifstream file(model_dir / "config.json");
    const auto config = nlohmann::json::parse(file);
    const std::string arch = config.at("architectures").at(0);
    if (arch == "Qwen3ForCausalLM") {
        return HeadType::YesNo;
    }
    if (arch == "Qwen3ForSequenceClassification") {
        return HeadType::Classifier;
    }
    throw std::runtime_error("unsupported architecture: " + arch);
}
