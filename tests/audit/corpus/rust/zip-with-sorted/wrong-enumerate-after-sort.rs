use serde::Serialize;

#[derive(Serialize)]
pub struct Rank {
    pub index: usize,
    pub score: f32,
}

pub fn response(scores: &[f32]) -> Vec<Rank> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(|a, b| b.partial_cmp(a).expect("scores are finite"));
    sorted
        .iter()
        .enumerate()
        .map(|(index, &score)| Rank { index, score })
        .collect()
}
