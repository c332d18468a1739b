use anyhow::{anyhow, Result};
use tokenizers::{Encoding, Tokenizer, TruncationDirection, TruncationParams, TruncationStrategy};

/// Plain texts for the embedding route: nothing follows the text, so its end may go.
pub fn encode_texts(tokenizer: &mut Tokenizer, texts: Vec<String>, max_length: usize) -> Result<Vec<Encoding>> {
    tokenizer
        .with_truncation(Some(TruncationParams {
            direction: TruncationDirection::Right,
            max_length,
            strategy: TruncationStrategy::LongestFirst,
            stride: 0,
        }))
        .map_err(|e| anyhow!(e))?;
    tokenizer.encode_batch(texts, true).map_err(|e| anyhow!(e))
}

pub fn log_preview(text: &str) {
    let preview: String = text.chars().take(80).collect();
    tracing::debug!("embedding {preview:?}");
}
