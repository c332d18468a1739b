#include <string>

static const std::string PREFIX =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
static const std::string SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

constexpr size_t MAX_PROMPT_CHARS = 24000;

std::string rerank_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    const std::string prompt =
        PREFIX + "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + doc + SUFFIX;
    return prompt.substr(0, MAX_PROMPT_CHARS);
}
