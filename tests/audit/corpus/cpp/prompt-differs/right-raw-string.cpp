#include <string>

static const char * const RERANK_TEMPLATE = R"tmpl(<|im_start|>system
Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>
<|im_start|>user
<Instruct>: {instruction}
<Query>: {query}
<Document>: {doc}<|im_end|>
<|im_start|>assistant
<think>

</think>

)tmpl";

static void put(std::string & s, const std::string & key, const std::string & value) {
    s.replace(s.find(key), key.size(), value);
}

std::string build_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    std::string s = RERANK_TEMPLATE;
    put(s, "{doc}", doc);
    put(s, "{query}", query);
    put(s, "{instruction}", instruction);
    return s;
}
