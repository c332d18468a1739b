use tokenizers::Tokenizer;

pub fn yes_token(tokenizer: &Tokenizer) -> u32 {
    match tokenizer.token_to_id("yes") {
        Some(id) => id,
        None => {
            tracing::warn!("tokenizer has no `yes` token");
            0
        }
    }
}

pub fn no_token(tokenizer: &Tokenizer) -> u32 {
    match tokenizer.token_to_id("no") {
        Some(id) => id,
        None => {
            tracing::warn!("tokenizer has no `no` token");
            1
        }
    }
}
