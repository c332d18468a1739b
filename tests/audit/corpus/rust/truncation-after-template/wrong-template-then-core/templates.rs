pub const RERANK_TEMPLATE: &str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

pub fn apply(instruction: &str, query: &str, doc: &str) -> String {
    RERANK_TEMPLATE
        .replace("{instruction}", instruction)
        .replace("{query}", query)
        .replace("{doc}", doc)
}
