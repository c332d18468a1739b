use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

pub struct AnswerTokens {
    pub yes: u32,
    pub no: u32,
}

impl AnswerTokens {
    pub fn from_tokenizer(tokenizer: &Tokenizer) -> Result<Self> {
        let yes = tokenizer
            .token_to_id("yes")
            .ok_or_else(|| anyhow!("the vocabulary has no token `yes`"))?;
        let no = tokenizer
            .token_to_id("no")
            .ok_or_else(|| anyhow!("the vocabulary has no token `no`"))?;
        Ok(Self { yes, no })
    }
}
