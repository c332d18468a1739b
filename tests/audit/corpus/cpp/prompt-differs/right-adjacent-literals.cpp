#include <string>

static const std::string PREFIX =
    "<|im_start|>system\n"
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\"."
    "<|im_end|>\n"
    "<|im_start|>user\n";
static const std::string SUFFIX =
    "<|im_end|>\n"
    "<|im_start|>assistant\n"
    "<think>\n"
    "\n"
    "</think>\n"
    "\n";
static const std::string DEFAULT_INSTRUCTION =
    "Given a web search query, "
    "retrieve relevant passages that answer the query";

std::string build_prompt(const std::string & query, const std::string & doc) {
    return PREFIX + "<Instruct>: " + DEFAULT_INSTRUCTION + "\n<Query>: " + query + "\n<Document>: " + doc + SUFFIX;
}
