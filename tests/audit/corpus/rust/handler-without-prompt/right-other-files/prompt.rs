pub const INSTRUCTION: &str = "Given a web search query, retrieve relevant passages that answer the query";

pub fn render(instruction: &str, query: &str, document: &str) -> String {
    [
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n",
        &format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}"),
        "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
    ]
    .concat()
}
