#include <string>

enum class TemplateKind { None, Qwen3, BgeGemma };

struct ModelInfo {
    std::string name;
    int n_embd = 0;

    TemplateKind prompt_template() const {
        const bool is_qwen  = name.find("Qwen3-Reranker") != std::string::npos;
        const bool is_gemma = name.find("reranker-v2-gemma") != std::string::npos;
        return is_qwen ? TemplateKind::Qwen3 : is_gemma ? TemplateKind::BgeGemma : TemplateKind::None;
    }
};
