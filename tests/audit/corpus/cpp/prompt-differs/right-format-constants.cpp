#include <format>
#include <string>
#include <string_view>

namespace qwen3 {

inline constexpr std::string_view kPrefix =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    R"(Note that the answer can only be "yes" or "no".)"
    "<|im_end|>\n<|im_start|>user\n";
inline constexpr std::string_view kSuffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
inline constexpr std::string_view kInstruction =
    "Given a web search query, retrieve relevant passages that answer the query";

inline std::string body(std::string_view query, std::string_view doc, std::string_view instruction = kInstruction) {
    return std::format("<Instruct>: {}\n<Query>: {}\n<Document>: {}", instruction, query, doc);
}

inline std::string prompt(std::string_view query, std::string_view doc) {
    return std::format("{}{}{}", kPrefix, body(query, doc), kSuffix);
}

} // namespace qwen3
