use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

use crate::prompt::render;

/// Cuts the document to a number of tokens and gives the text back.
fn cut_document(tokenizer: &Tokenizer, document: &str, max_tokens: usize) -> Result<String> {
    let encoding = tokenizer.encode(document, false).map_err(|e| anyhow!(e))?;
    if encoding.len() <= max_tokens {
        return Ok(document.to_string());
    }
    let (_, end) = encoding.get_offsets()[max_tokens - 1];
    Ok(document[..end].to_string())
}

pub fn encode(tokenizer: &Tokenizer, instruction: &str, query: &str, doc: &str, max_doc: usize) -> Result<Vec<u32>> {
    let doc = cut_document(tokenizer, doc, max_doc)?;
    let encoding = tokenizer.encode(render(instruction, query, &doc), false).map_err(|e| anyhow!(e))?;
    Ok(encoding.get_ids().to_vec())
}
