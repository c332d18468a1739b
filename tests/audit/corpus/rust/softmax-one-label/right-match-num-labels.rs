use anyhow::{bail, Result};

fn softmax(row: &[f32]) -> Vec<f32> {
    let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exp: Vec<f32> = row.iter().map(|x| (x - max).exp()).collect();
    let sum: f32 = exp.iter().sum();
    exp.into_iter().map(|e| e / sum).collect()
}

pub fn positive_probability(row: &[f32]) -> Result<f32> {
    match row {
        [] => bail!("the model gave no logits"),
        [single] => Ok(1.0 / (1.0 + (-single).exp())),
        [_, _] => Ok(softmax(row)[1]),
        more => bail!("{} labels are not a relevance score", more.len()),
    }
}
