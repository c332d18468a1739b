use anyhow::{bail, Result};
use serde::Serialize;

#[derive(Serialize)]
pub struct Rank {
    pub index: usize,
    pub score: f32,
}

pub fn to_ranks(scores: Vec<f32>) -> Result<Vec<Rank>> {
    let mut ranks = Vec::with_capacity(scores.len());
    for (index, score) in scores.into_iter().enumerate() {
        if score.is_nan() {
            bail!("score is NaN for document {index}");
        }
        ranks.push(Rank { index, score });
    }
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(ranks)
}
