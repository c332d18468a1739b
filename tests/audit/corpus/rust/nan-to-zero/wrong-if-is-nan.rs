pub fn finite_score(score: f32) -> f32 {
    if score.is_nan() {
        0.0
    } else {
        score
    }
}

pub fn rank_scores(raw: &[f32]) -> Vec<f32> {
    raw.iter().map(|&x| finite_score(1.0 / (1.0 + (-x).exp()))).collect()
}
