use anyhow::{ensure, Result};

pub fn median(scores: &[f32]) -> Result<f32> {
    ensure!(!scores.is_empty(), "no scores");
    let mut sorted = scores.to_vec();
    sorted.sort_by(f32::total_cmp);
    Ok(sorted[sorted.len() / 2])
}

pub fn above_median(texts: &[String], scores: &[f32]) -> Result<Vec<String>> {
    let threshold = median(scores)?;
    Ok(texts
        .iter()
        .zip(scores)
        .filter(|(_, score)| **score > threshold)
        .map(|(text, _)| text.clone())
        .collect())
}
