use crate::error::BackendError;
use tokenizers::Tokenizer;

fn answer_id(tokenizer: &Tokenizer, word: &str) -> Result<u32, BackendError> {
    tokenizer
        .token_to_id(word)
        .ok_or_else(|| BackendError::Start(format!("token `{word}` not found in vocabulary")))
}

pub struct Qwen3Scorer {
    yes_id: u32,
    no_id: u32,
    max_length: usize,
}

impl Qwen3Scorer {
    pub fn new(tokenizer: &Tokenizer, max_length: Option<usize>) -> Result<Self, BackendError> {
        Ok(Self {
            yes_id: answer_id(tokenizer, "yes")?,
            no_id: answer_id(tokenizer, "no")?,
            max_length: max_length.unwrap_or(8192),
        })
    }
}
