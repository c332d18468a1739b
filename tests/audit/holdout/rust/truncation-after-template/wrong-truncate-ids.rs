use anyhow::{Error, Result};
use tokenizers::Tokenizer;

use crate::prompt::build_prompt;

pub fn encode(
    tokenizer: &Tokenizer,
    query: &str,
    document: &str,
    max_length: usize,
) -> Result<Vec<u32>> {
    let prompt = build_prompt(query, document);
    let encoding = tokenizer.encode(prompt, false).map_err(Error::msg)?;
    let mut ids = encoding.get_ids().to_vec();
    if ids.len() > max_length {
        ids.truncate(max_length);
    }
    Ok(ids)
}
