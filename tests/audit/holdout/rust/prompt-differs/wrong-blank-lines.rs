pub struct Qwen3Template;

impl Qwen3Template {
    const PREFIX: &'static str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
    const SUFFIX: &'static str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

    pub fn render(instruction: &str, query: &str, document: &str) -> String {
        let mut prompt = String::new();
        prompt.push_str(Self::PREFIX);
        prompt.push_str(&format!("<Instruct>: {}\n\n", instruction));
        prompt.push_str(&format!("<Query>: {}\n\n", query));
        prompt.push_str(&format!("<Document>: {}", document));
        prompt.push_str(Self::SUFFIX);
        prompt
    }
}
