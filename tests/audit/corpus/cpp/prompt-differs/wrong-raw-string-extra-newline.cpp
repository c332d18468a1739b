#include <string>

// Filled in with {instruction}, {query} and {doc}.
static const char * const RERANK_TEMPLATE = R"(<|im_start|>system
Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>
<|im_start|>user
<Instruct>: {instruction}
<Query>: {query}
<Document>: {doc}
<|im_end|>
<|im_start|>assistant
<think>

</think>

)";

const char * rerank_template() {
    return RERANK_TEMPLATE;
}
