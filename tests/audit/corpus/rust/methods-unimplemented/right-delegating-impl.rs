use std::sync::Arc;

use anyhow::Result;

pub trait Reranker: Send + Sync {
    fn score(&self, prompts: &[String]) -> Result<Vec<f32>>;

    fn warm_up(&self) -> Result<()> {
        Ok(())
    }
}

impl<T: Reranker + ?Sized> Reranker for Arc<T> {
    fn score(&self, prompts: &[String]) -> Result<Vec<f32>> {
        (**self).score(prompts)
    }

    fn warm_up(&self) -> Result<()> {
        (**self).warm_up()
    }
}
