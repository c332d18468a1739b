pub struct Qwen3Template;

impl Qwen3Template {
    pub fn apply(instruction: &str, query: &str, document: &str) -> String {
        let system = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
        let user = format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}\n");
        let assistant = "<|im_start|>assistant\n<think>\n\n</think>\n\n";
        system.to_string() + &user + assistant
    }
}
