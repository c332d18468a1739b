const PREFIX: &str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
const SUFFIX: &str = "\n<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

#[derive(Debug, Clone)]
pub struct RerankPrompt {
    pub instruction: String,
}

impl RerankPrompt {
    pub fn build(&self, query: &str, doc: &str) -> String {
        format!(
            "{}<Instruct>: {}\n<Query>: {}\n<Document>: {}{}",
            PREFIX, self.instruction, query, doc, SUFFIX
        )
    }
}
