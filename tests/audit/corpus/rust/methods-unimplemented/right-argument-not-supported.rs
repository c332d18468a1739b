use anyhow::{bail, Result};

use crate::engine::CausalEngine;
use crate::scoring::{Reranker, ScoreOptions, Truncation};

pub struct CausalReranker {
    engine: CausalEngine,
}

impl Reranker for CausalReranker {
    fn score(&self, prompt: &str, options: &ScoreOptions) -> Result<f32> {
        if matches!(options.truncation, Truncation::Left) {
            bail!("truncation on the left is not supported for causal models");
        }
        if prompt.is_empty() {
            bail!("prompt cannot be empty");
        }
        let (yes, no) = self.engine.answer_logits(prompt)?;
        Ok(1.0 / (1.0 + (no - yes).exp()))
    }
}
