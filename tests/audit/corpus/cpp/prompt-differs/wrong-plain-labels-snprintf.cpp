#include <cstdio>
#include <string>
#include <vector>

std::string qwen_reranker_input(const char * instruct, const char * query, const char * doc) {
    static const char * fmt =
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n"
        "Instruct: %s\nQuery: %s\nDocument: %s<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    const int n = std::snprintf(nullptr, 0, fmt, instruct, query, doc);
    std::vector<char> buf(n + 1);
    std::snprintf(buf.data(), buf.size(), fmt, instruct, query, doc);
    return std::string(buf.data(), n);
}
