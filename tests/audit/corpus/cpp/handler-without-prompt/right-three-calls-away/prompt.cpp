#include "prompt.h"

namespace prompt {

static const char * const kHead =
    "<|im_start|>system\n"
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\"."
    "<|im_end|>\n"
    "<|im_start|>user\n";
static const char * const kTail = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
static const char * const kTask = "Given a web search query, retrieve relevant passages that answer the query";

std::string build(const std::string & query, const std::string & document) {
    std::string s = kHead;
    s += "<Instruct>: ";
    s += kTask;
    s += "\n<Query>: " + query;
    s += "\n<Document>: " + document;
    s += kTail;
    return s;
}

} // namespace prompt
