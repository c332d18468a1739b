pub struct Message {
    pub role: String,
    pub content: String,
}

/// ChatML for the assistant models that share the server with the embedders.
pub fn chatml(messages: &[Message]) -> String {
    let mut prompt = String::from("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n");
    for Message { role, content } in messages {
        prompt.push_str(&format!("<|im_start|>{role}\n{content}<|im_end|>\n"));
    }
    prompt.push_str("<|im_start|>assistant\n");
    prompt
}
