use anyhow::{Context, Result};
use tokenizers::Tokenizer;

pub struct AnswerIds {
    pub yes: u32,
    pub no: u32,
}

impl AnswerIds {
    pub fn from_tokenizer(tokenizer: &Tokenizer) -> Result<Self> {
        let yes = tokenizer
            .token_to_id("yes")
            .context("tokenizer has no token `yes`")?;
        let no = tokenizer
            .token_to_id("no")
            .context("tokenizer has no token `no`")?;
        Ok(Self { yes, no })
    }
}
