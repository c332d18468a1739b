use anyhow::{bail, Result};
use async_trait::async_trait;

use crate::scoring::Reranker;

pub struct ListwiseReranker;

#[async_trait]
impl Reranker for ListwiseReranker {
    async fn score(&self, _prompt: &str) -> Result<f32> {
        bail!("not implemented")
    }

    fn name(&self) -> &'static str {
        "listwise"
    }
}
