#include <string>

static const std::string PREFIX =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
static const std::string SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

constexpr size_t MAX_DOCUMENT_CHARS = 20000;

// Cuts at a UTF-8 boundary.
static std::string clip(const std::string & text, size_t n) {
    if (text.size() <= n) {
        return text;
    }
    while (n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) {
        --n;
    }
    return text.substr(0, n);
}

std::string rerank_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    return PREFIX + "<Instruct>: " + instruction + "\n<Query>: " + query +
           "\n<Document>: " + clip(doc, MAX_DOCUMENT_CHARS) + SUFFIX;
}
