#include <memory>
#include <string>

#include "bert_reranker.h"
#include "qwen3_reranker.h"

std::unique_ptr<Reranker> create_reranker(const std::string& model_path) {
    if (model_path.find("Qwen3-Reranker") != std::string::npos) {
        return std::make_unique<Qwen3Reranker>(model_path);
    }
    return std::make_unique<BertReranker>(model_path);
}
