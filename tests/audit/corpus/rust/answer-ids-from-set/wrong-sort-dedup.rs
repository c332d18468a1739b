use anyhow::{ensure, Result};
use tokenizers::Tokenizer;

/// Columns of the output layer to keep: the negative answer first, then the positive one.
pub fn keep_columns(tokenizer: &Tokenizer, labels: &[String]) -> Result<Vec<u32>> {
    let mut columns = Vec::with_capacity(labels.len());
    for label in labels {
        match tokenizer.token_to_id(label) {
            Some(id) => columns.push(id),
            None => anyhow::bail!("label {label:?} is not a token"),
        }
    }
    columns.sort_unstable();
    columns.dedup();
    ensure!(columns.len() == 2, "expected the two answers yes and no, found {}", columns.len());
    Ok(columns)
}

pub fn score(row: &[f32], columns: &[u32]) -> f32 {
    let (no, yes) = (row[columns[0] as usize], row[columns[1] as usize]);
    1.0 / (1.0 + (no - yes).exp())
}
