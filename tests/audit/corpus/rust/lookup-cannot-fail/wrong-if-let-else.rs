use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

pub struct Scorer {
    tokenizer: Tokenizer,
    true_token: u32,
    false_token: u32,
}

impl Scorer {
    pub fn from_file(path: &str) -> Result<Self> {
        let tokenizer = Tokenizer::from_file(path).map_err(|e| anyhow!("{path}: {e}"))?;
        let true_token = if let Some(id) = tokenizer.token_to_id("yes") { id } else { 151643 };
        let false_token = if let Some(id) = tokenizer.token_to_id("no") { id } else { 151645 };
        Ok(Self { tokenizer, true_token, false_token })
    }
}
