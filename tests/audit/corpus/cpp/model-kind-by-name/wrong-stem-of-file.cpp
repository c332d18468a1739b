#include <filesystem>
#include <string_view>

namespace fs = std::filesystem;

struct load_plan {
    bool needs_cls_head   = false;
    bool last_token_logits = false;
};

load_plan plan_for(const fs::path & gguf) {
    const std::string stem = gguf.stem().string();
    const std::string_view name = stem;
    load_plan plan;
    plan.last_token_logits = name.find("Reranker") != std::string_view::npos;
    plan.needs_cls_head    = name.rfind("bge-reranker", 0) == 0;
    return plan;
}
