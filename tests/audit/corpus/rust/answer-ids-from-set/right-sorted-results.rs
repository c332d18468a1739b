use anyhow::{Context, Result};
use tokenizers::Tokenizer;

pub struct Hit {
    pub index: usize,
    pub score: f32,
}

pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let yes = tokenizer.token_to_id("yes").context("vocabulary without `yes`")?;
    let no = tokenizer.token_to_id("no").context("vocabulary without `no`")?;
    Ok((yes, no))
}

pub fn order(margins: Vec<f32>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = margins
        .into_iter()
        .enumerate()
        .map(|(index, margin)| Hit { index, score: 1.0 / (1.0 + (-margin).exp()) })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}
