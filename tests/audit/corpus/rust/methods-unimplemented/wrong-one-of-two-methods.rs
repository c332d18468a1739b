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

    // Needs padding in the session first.
    fn score_batch(&self, _prompts: &[String]) -> Result<Vec<f32>> {
        todo!("score several prompts in one forward pass")
    }
}
