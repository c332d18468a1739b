#include <sstream>
#include <string>

constexpr const char* kPrefix =
    "<|im_start|>system\n"
    "Judge whether the Document meets the requirements based on the Query and the Instruct "
    "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n"
    "<|im_start|>user\n";
constexpr const char* kSuffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

std::string make_prompt(const std::string& task, const std::string& query, const std::string& doc) {
    std::ostringstream out;
    out << kPrefix << "<Instruct>: " << task << "\n<Query>: " << query << "\n<Document>: " << doc
        << kSuffix;
    return out.str();
}
