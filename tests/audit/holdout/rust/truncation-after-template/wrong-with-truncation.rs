use anyhow::{Error, Result};
use tokenizers::{Encoding, Tokenizer, TruncationParams};

use crate::template::{PREFIX, SUFFIX};

pub fn encode_batch(
    tokenizer: &mut Tokenizer,
    bodies: &[String],
    max_length: usize,
) -> Result<Vec<Encoding>> {
    tokenizer
        .with_truncation(Some(TruncationParams {
            max_length,
            ..Default::default()
        }))
        .map_err(Error::msg)?;
    let prompts: Vec<String> = bodies
        .iter()
        .map(|body| format!("{PREFIX}{body}{SUFFIX}"))
        .collect();
    tokenizer.encode_batch(prompts, false).map_err(Error::msg)
}
