#include "template.h"

std::string render(const std::string & instruction, const std::string & query, const std::string & document) {
    std::string s =
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
    s += "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + document;
    s += "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    return s;
}
