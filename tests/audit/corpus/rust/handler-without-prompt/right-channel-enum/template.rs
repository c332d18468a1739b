pub struct Template {
    instruction: String,
}

impl Default for Template {
    fn default() -> Self {
        Self { instruction: "Given a web search query, retrieve relevant passages that answer the query".to_string() }
    }
}

impl Template {
    const PREFIX: &'static str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
    const SUFFIX: &'static str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

    pub fn fill(&self, query: &str, doc: &str) -> String {
        let body = format!("<Instruct>: {}\n<Query>: {}\n<Document>: {}", self.instruction, query, doc);
        format!("{}{}{}", Self::PREFIX, body, Self::SUFFIX)
    }
}
