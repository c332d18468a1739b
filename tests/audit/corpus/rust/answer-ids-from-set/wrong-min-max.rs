use anyhow::{Context, Result};
use tokenizers::Tokenizer;

#[derive(Clone, Copy, Debug)]
pub struct AnswerIds {
    pub yes: u32,
    pub no: u32,
}

pub fn resolve(tokenizer: &Tokenizer, words: (&str, &str)) -> Result<AnswerIds> {
    let a = tokenizer.token_to_id(words.0).context("first answer is not a token")?;
    let b = tokenizer.token_to_id(words.1).context("second answer is not a token")?;
    Ok(AnswerIds { yes: a.max(b), no: a.min(b) })
}
