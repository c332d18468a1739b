use tokenizers::Tokenizer;

fn first_id(tokenizer: &Tokenizer, text: &str) -> u32 {
    tokenizer
        .encode(text, false)
        .ok()
        .and_then(|e| e.get_ids().first().copied())
        .unwrap_or(0)
}

pub fn yes_no_ids(tokenizer: &Tokenizer) -> (u32, u32) {
    (first_id(tokenizer, "yes"), first_id(tokenizer, "no"))
}
