use anyhow::{ensure, Error, Result};
use tokenizers::Tokenizer;

use crate::template::{PREFIX, SUFFIX};

pub fn encode(tokenizer: &Tokenizer, body: &str, max_length: usize) -> Result<Vec<u32>> {
    let prefix = tokenizer.encode(PREFIX, false).map_err(Error::msg)?;
    let suffix = tokenizer.encode(SUFFIX, false).map_err(Error::msg)?;
    let reserved = prefix.len() + suffix.len();
    ensure!(max_length > reserved, "max_length is too small for the template");

    let mut body_ids = tokenizer.encode(body, false).map_err(Error::msg)?.get_ids().to_vec();
    body_ids.truncate(max_length - reserved);

    let mut ids = prefix.get_ids().to_vec();
    ids.extend(body_ids);
    ids.extend_from_slice(suffix.get_ids());
    Ok(ids)
}
