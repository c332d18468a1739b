use anyhow::Result;

use crate::session::ClassifierSession;

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn score_prompt(session: &ClassifierSession, prompt: &str) -> Result<f32> {
    let logit = session.run(prompt)?;
    Ok(sigmoid(logit))
}

pub fn score_prompts(session: &ClassifierSession, prompts: &[String]) -> Result<Vec<f32>> {
    let mut scores = Vec::with_capacity(prompts.len());
    for prompt in prompts {
        let score = score_prompt(session, prompt)?;
        scores.push(sigmoid(score));
    }
    Ok(scores)
}
