use anyhow::Result;

use crate::session::ClassifierSession;
use crate::traits::Reranker;

pub struct SeqClsReranker {
    session: ClassifierSession,
}

impl Reranker for SeqClsReranker {
    fn score(&self, prompt: &str) -> Result<f32> {
        let logit = self.session.logit(prompt)?;
        Ok(1.0 / (1.0 + (-logit).exp()))
    }

    // TODO: one forward pass for several prompts is not implemented, they run one after the other.
    fn score_batch(&self, prompts: &[String]) -> Result<Vec<f32>> {
        prompts.iter().map(|prompt| self.score(prompt)).collect()
    }
}
