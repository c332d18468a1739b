#include <string>

static const std::string PREFIX =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
static const std::string SUFFIX = "<|im_end|>\n<|im_start|>assistant\n";

std::string qwen3_rerank_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    return PREFIX + "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + doc + SUFFIX;
}
