use anyhow::{Context, Result};
use tokenizers::Tokenizer;

const MAX_INPUT_LENGTH: usize = 8192;
const IM_END_TOKEN_ID: u32 = 151645;
const END_OF_TEXT_ID: u32 = 151643;

pub struct Limits {
    pub max_length: usize,
    pub stop_ids: [u32; 2],
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_length: MAX_INPUT_LENGTH, stop_ids: [IM_END_TOKEN_ID, END_OF_TEXT_ID] }
    }
}

pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let yes_id = tokenizer.token_to_id("yes").context("token `yes` is missing")?;
    let no_id = tokenizer.token_to_id("no").context("token `no` is missing")?;
    Ok((yes_id, no_id))
}
