const PREFIX: &str = concat!(
    "<|im_start|>system\n",
    "Judge whether the Document meets the requirements based on the Query and the ",
    "Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n",
    "<|im_start|>user\n",
);
const SUFFIX: &str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
const DEFAULT_INSTRUCTION: &str =
    "Given a web search query, retrieve relevant passages that answer the query";

pub fn render(instruction: Option<&str>, query: &str, document: &str) -> String {
    let instruction = instruction.unwrap_or(DEFAULT_INSTRUCTION);
    format!(
        "{PREFIX}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}{SUFFIX}"
    )
}
