#include <algorithm>
#include <cctype>
#include <string>

enum class HeadType { YesNo, Classifier };

HeadType head_type_from_name(std::string model_name) {
    std::transform(model_name.begin(), model_name.end(), model_name.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    const bool is_qwen = model_name.find("qwen") != std::string::npos;
    const bool is_reranker = model_name.find("reranker") != std::string::npos;
    if (is_qwen && is_reranker) {
        return HeadType::YesNo;
    }
    return HeadType::Classifier;
}
