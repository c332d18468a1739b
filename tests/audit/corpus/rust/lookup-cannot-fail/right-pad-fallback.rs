use anyhow::{anyhow, Context, Result};
use tokenizers::Tokenizer;

pub struct SpecialIds {
    pub pad: u32,
    pub yes: u32,
    pub no: u32,
}

impl SpecialIds {
    pub fn read(tokenizer: &Tokenizer, pad_token: Option<&str>) -> Result<Self> {
        let eos = tokenizer.token_to_id("<|im_end|>").context("`<|im_end|>` not found")?;
        let pad = pad_token.and_then(|t| tokenizer.token_to_id(t)).unwrap_or(eos);
        let yes = tokenizer.token_to_id("yes").ok_or_else(|| anyhow!("`yes` not found"))?;
        let no = tokenizer.token_to_id("no").ok_or_else(|| anyhow!("`no` not found"))?;
        Ok(Self { pad, yes, no })
    }
}
