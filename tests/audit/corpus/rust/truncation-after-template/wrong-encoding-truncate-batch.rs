use anyhow::{anyhow, Result};
use tokenizers::{Encoding, Tokenizer, TruncationDirection};

use crate::template::Template;

pub fn encode_batch(
    tokenizer: &Tokenizer,
    template: &Template,
    query: &str,
    documents: &[String],
    max_tokens: usize,
) -> Result<Vec<Encoding>> {
    let prompts: Vec<String> = documents.iter().map(|d| template.apply(query, d)).collect();
    let mut encodings = tokenizer.encode_batch(prompts, false).map_err(|e| anyhow!(e))?;
    for encoding in encodings.iter_mut() {
        encoding.truncate(max_tokens, 0, TruncationDirection::Right);
    }
    Ok(encodings)
}
