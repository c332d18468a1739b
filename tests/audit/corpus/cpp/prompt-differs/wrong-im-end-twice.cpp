#include <string>

static std::string wrap_turn(const std::string & role, const std::string & content) {
    return "<|im_start|>" + role + "\n" + content + "<|im_end|>\n";
}

std::string qwen3_reranker_chat(const std::string & instruction, const std::string & query, const std::string & doc) {
    const std::string suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    const std::string system =
        "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
        "Note that the answer can only be \"yes\" or \"no\".";
    const std::string user = "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + doc;
    return wrap_turn("system", system) + wrap_turn("user", user) + suffix;
}
