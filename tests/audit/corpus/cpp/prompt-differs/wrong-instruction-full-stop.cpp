#include <optional>
#include <string>

constexpr const char * DEFAULT_INSTRUCTION =
    "Given a web search query, retrieve relevant passages that answer the query.";

constexpr const char * QWEN_PREFIX =
    "<|im_start|>system\n"
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n"
    "<|im_start|>user\n";
constexpr const char * QWEN_SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

std::string build(const std::optional<std::string> & instruction, const std::string & q, const std::string & d) {
    return QWEN_PREFIX + std::string("<Instruct>: ") + instruction.value_or(DEFAULT_INSTRUCTION) + "\n<Query>: " + q +
           "\n<Document>: " + d + QWEN_SUFFIX;
}
