use crate::types::Ranked;

pub fn ranked(texts: &[String], mut scores: Vec<f32>) -> Vec<Ranked> {
    scores.sort_by(|a, b| b.total_cmp(a));
    texts
        .iter()
        .zip(scores)
        .map(|(text, score)| Ranked { text: text.clone(), score })
        .collect()
}
