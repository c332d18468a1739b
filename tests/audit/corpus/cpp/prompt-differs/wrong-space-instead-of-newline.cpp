#include <string>

struct rerank_prompt {
    std::string prefix =
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
    std::string suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

    std::string operator()(const std::string & instruction, const std::string & query, const std::string & doc) const {
        std::string body = "<Instruct>: " + instruction;
        body += " <Query>: " + query;
        body += " <Document>: " + doc;
        return prefix + body + suffix;
    }
};
