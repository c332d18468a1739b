use crate::template::render_rerank_prompt;

const MAX_PROMPT_BYTES: usize = 32 * 1024;

pub fn model_input(instruction: &str, query: &str, document: &str) -> String {
    let prompt = render_rerank_prompt(instruction, query, document);
    if prompt.len() > MAX_PROMPT_BYTES {
        let mut end = MAX_PROMPT_BYTES;
        while !prompt.is_char_boundary(end) {
            end -= 1;
        }
        return prompt[..end].to_string();
    }
    prompt
}
