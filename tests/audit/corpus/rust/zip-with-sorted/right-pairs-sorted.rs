use crate::types::Ranked;

pub fn ranked(texts: &[String], scores: Vec<f32>) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = texts
        .iter()
        .zip(scores)
        .map(|(text, score)| Ranked { text: text.clone(), score })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}
