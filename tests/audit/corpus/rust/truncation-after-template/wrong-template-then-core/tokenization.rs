use anyhow::{anyhow, ensure, Result};
use tokenizers::{Tokenizer, TruncationDirection, TruncationParams, TruncationStrategy};

use crate::types::ValidEncoding;

pub struct Tokenization {
    pub tokenizer: Tokenizer,
    pub max_input_length: usize,
}

impl Tokenization {
    pub fn encode(&self, input: String, truncate: bool) -> Result<ValidEncoding> {
        let mut tokenizer = self.tokenizer.clone();
        let truncation = truncate.then_some(TruncationParams {
            direction: TruncationDirection::Right,
            max_length: self.max_input_length,
            strategy: TruncationStrategy::LongestFirst,
            stride: 0,
        });
        tokenizer.with_truncation(truncation).map_err(|e| anyhow!(e))?;
        let encoding = tokenizer.encode(input, true).map_err(|e| anyhow!(e))?;
        ensure!(encoding.len() <= self.max_input_length, "input has {} tokens", encoding.len());
        Ok(ValidEncoding { input_ids: encoding.get_ids().to_vec() })
    }
}
