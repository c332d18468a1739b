#include <string>

static const std::string kSystem =
    "Judge whether the Document meets the requirements based on the Query and the Instruct "
    "provided. Note that the answer can only be \"yes\" or \"no\".";

std::string format_rerank(const std::string& instruction, const std::string& query,
                          const std::string& document) {
    std::string prompt;
    prompt += "<|im_start|>system\n" + kSystem + "<|im_end|>\n";
    prompt += "<|im_start|>user\n";
    prompt += "<Instruct>: " + instruction + "\n";
    prompt += "<Query>: " + query + "\n";
    prompt += "<Document>: " + document + "<|im_end|>\n";
    prompt += "<|im_start|>assistant\n";
    return prompt;
}
