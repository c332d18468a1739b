use anyhow::Result;

use crate::session::{CausalSession, ClassifierSession};

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub fn classifier_score(session: &ClassifierSession, prompt: &str) -> Result<f32> {
    Ok(sigmoid(session.logit(prompt)?))
}

pub fn causal_score(session: &CausalSession, prompt: &str) -> Result<f32> {
    let (yes, no) = session.answer_logits(prompt)?;
    Ok(sigmoid(yes - no))
}

pub fn mean_score(session: &ClassifierSession, chunks: &[String]) -> Result<f32> {
    anyhow::ensure!(!chunks.is_empty(), "nothing to score");
    let scores = chunks.iter().map(|c| classifier_score(session, c)).collect::<Result<Vec<_>>>()?;
    Ok(scores.iter().sum::<f32>() / scores.len() as f32)
}
