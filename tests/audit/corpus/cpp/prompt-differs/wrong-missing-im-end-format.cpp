#include <format>
#include <string>

std::string render_rerank(const std::string & task, const std::string & query, const std::string & passage) {
    return std::format(
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".\n<|im_start|>user\n"
        "<Instruct>: {}\n<Query>: {}\n<Document>: {}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
        task, query, passage);
}
