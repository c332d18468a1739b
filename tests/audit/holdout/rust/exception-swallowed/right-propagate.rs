use anyhow::{Context, Result};
use tracing::error;

use crate::engine::Engine;

pub struct RerankService {
    engine: Engine,
}

impl RerankService {
    pub async fn score_all(&self, prompts: &[String]) -> Result<Vec<f32>> {
        let mut scores = Vec::with_capacity(prompts.len());
        for (i, prompt) in prompts.iter().enumerate() {
            match self.engine.score(prompt).await {
                Ok(score) => scores.push(score),
                Err(e) => {
                    error!("scoring failed for document {i}: {e}");
                    return Err(e).context("rerank failed");
                }
            }
        }
        Ok(scores)
    }
}
