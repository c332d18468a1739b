#include "prompt.h"

std::string format_rerank_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    return "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
           "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n"
           "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + doc +
           "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
}
