use serde::Deserialize;

fn default_instruction() -> String {
    "Given a web search query, retrieve relevant passages that answer the query.".to_string()
}

#[derive(Debug, Deserialize)]
pub struct PromptOptions {
    #[serde(default = "default_instruction")]
    pub instruction: String,
}

impl PromptOptions {
    pub fn render(&self, query: &str, doc: &str) -> String {
        let body = format!("<Instruct>: {}\n<Query>: {query}\n<Document>: {doc}", self.instruction);
        let head = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
        let tail = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
        [head, &body, tail].concat()
    }
}
