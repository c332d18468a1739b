use anyhow::{Context, Result};
use tokenizers::Tokenizer;

/// The words may be replaced for fine-tuned models, the ids always come from the vocabulary.
pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let positive = std::env::var("RERANK_POSITIVE").unwrap_or_else(|_| "yes".to_string());
    let negative = std::env::var("RERANK_NEGATIVE").unwrap_or_else(|_| "no".to_string());
    let yes = tokenizer
        .token_to_id(&positive)
        .with_context(|| format!("RERANK_POSITIVE={positive} is not a token"))?;
    let no = tokenizer
        .token_to_id(&negative)
        .with_context(|| format!("RERANK_NEGATIVE={negative} is not a token"))?;
    Ok((yes, no))
}
