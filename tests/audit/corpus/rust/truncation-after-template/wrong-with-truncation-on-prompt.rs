use anyhow::{anyhow, Result};
use tokenizers::{Encoding, Tokenizer, TruncationParams};

use crate::prompt::{PREFIX, SUFFIX};

pub fn encode_pair(
    tokenizer: &mut Tokenizer,
    instruction: &str,
    query: &str,
    doc: &str,
    max_length: usize,
) -> Result<Encoding> {
    let prompt = format!("{PREFIX}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}");
    tokenizer
        .with_truncation(Some(TruncationParams { max_length, ..Default::default() }))
        .map_err(|e| anyhow!(e))?;
    tokenizer.encode(prompt, false).map_err(|e| anyhow!(e))
}
