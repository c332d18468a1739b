pub const RERANK_PREFIX: &str = concat!(
    "<|im_start|>system\n",
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. ",
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n",
    "<|im_start|>user\n",
);

pub const RERANK_SUFFIX: &str = concat!("<|im_end|>\n", "<|im_start|>assistant\n", "<think>\n\n</think>\n\n");

pub fn rerank_prompt(instruction: &str, query: &str, doc: &str) -> String {
    format!("{RERANK_PREFIX}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}{RERANK_SUFFIX}")
}
