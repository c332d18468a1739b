#include <cstdio>
#include <string>

std::string build_prompt(const std::string & instruct, const std::string & query, const std::string & doc) {
    static const char fmt[] =
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n"
        "<Instruct>: %s\n<Query>: %s\n<Document>: %s<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    const int n = std::snprintf(nullptr, 0, fmt, instruct.c_str(), query.c_str(), doc.c_str());
    std::string out(static_cast<size_t>(n) + 1, '\0');
    std::snprintf(out.data(), out.size(), fmt, instruct.c_str(), query.c_str(), doc.c_str());
    out.pop_back();
    return out;
}
