use serde::Serialize;

#[derive(Serialize)]
pub struct Rank {
    pub index: usize,
    pub score: f32,
}

pub fn to_ranks(scores: Vec<f32>) -> Vec<Rank> {
    let mut ranks: Vec<Rank> = scores
        .into_iter()
        .enumerate()
        .map(|(index, score)| {
            let score = if score.is_nan() { 0.0 } else { score };
            Rank { index, score }
        })
        .collect();
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranks
}
