#pragma once

#include <string>

inline std::string qwen_prompt(const std::string & query,
                               const std::string & document,
                               const std::string & instruction =
                                   "Given a web search query, retrieve relevant passages that answer the query") {
    static const std::string system =
        R"(Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".)";
    return "<|im_start|>system\n" + system + "<|im_end|>\n<|im_start|>user\n<Instruct>: " + instruction +
           "\n<Query>: " + query + "\n<Document>: " + document +
           "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
}
