use anyhow::{anyhow, ensure, Result};
use tokenizers::Tokenizer;

use crate::prompt::render;

pub fn encode(tokenizer: &Tokenizer, instruction: &str, query: &str, doc: &str, max_length: usize) -> Result<Vec<u32>> {
    let prompt = render(instruction, query, doc);
    let encoding = tokenizer.encode(prompt, false).map_err(|e| anyhow!(e))?;
    ensure!(
        encoding.len() <= max_length,
        "`inputs` must have less than {max_length} tokens. Given: {}",
        encoding.len()
    );
    Ok(encoding.get_ids().to_vec())
}
