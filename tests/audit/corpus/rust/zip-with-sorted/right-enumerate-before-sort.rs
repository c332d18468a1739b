use serde::Serialize;

#[derive(Serialize)]
pub struct Rank {
    pub index: usize,
    pub score: f32,
}

pub fn response(scores: &[f32]) -> Vec<Rank> {
    let mut indexed: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
    indexed.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    indexed.into_iter().map(|(index, score)| Rank { index, score }).collect()
}
