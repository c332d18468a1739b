use anyhow::{bail, Result};

pub fn checked_scores(raw: &[f32]) -> Result<Vec<f32>> {
    let mut scores = Vec::with_capacity(raw.len());
    for (index, &logit) in raw.iter().enumerate() {
        if logit.is_nan() {
            bail!("score {index} is NaN");
        }
        scores.push(1.0 / (1.0 + (-logit).exp()));
    }
    Ok(scores)
}
