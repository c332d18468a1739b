use anyhow::{bail, Result};
use tokenizers::Tokenizer;

pub fn answer_id(tokenizer: &Tokenizer, answer: &str) -> Result<u32> {
    match tokenizer.token_to_id(answer) {
        Some(id) => Ok(id),
        None => bail!("`{answer}` is not in the vocabulary; is this the right tokenizer.json?"),
    }
}

pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    Ok((answer_id(tokenizer, "yes")?, answer_id(tokenizer, "no")?))
}
