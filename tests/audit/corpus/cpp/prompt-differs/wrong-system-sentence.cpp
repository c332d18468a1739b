#include <string>

namespace prompts {

inline std::string rerank_system() {
    return "<|im_start|>system\n"
           "Judge whether the Document is relevant to the Query based on the Instruct provided. "
           "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n";
}

inline std::string rerank(const std::string & instruct, const std::string & query, const std::string & doc) {
    std::string p = rerank_system();
    p += "<|im_start|>user\n";
    p += "<Instruct>: " + instruct + "\n";
    p += "<Query>: " + query + "\n";
    p += "<Document>: " + doc;
    p += "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    return p;
}

} // namespace prompts
