use candle_core::{Result, Tensor};

use crate::backend::YesNoBackend;

pub struct Ranked {
    pub index: usize,
    pub score: f32,
}

pub fn ranking(backend: &YesNoBackend, input_ids: &Tensor, top_n: Option<usize>) -> Result<Vec<Ranked>> {
    let mut ranked: Vec<Ranked> = backend
        .predict(input_ids)?
        .into_iter()
        .enumerate()
        .map(|(index, score)| Ranked { index, score })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked.truncate(top_n.unwrap_or(ranked.len()));
    Ok(ranked)
}
