use anyhow::Result;
use ndarray::{s, Array2, ArrayViewD, Ix3};
use ort::{inputs, session::Session, value::Tensor};

pub fn last_rows(session: &mut Session, batch: &[Vec<i64>], pad_id: i64) -> Result<Array2<f32>> {
    let width = batch.iter().map(Vec::len).max().unwrap_or_default();
    let mut ids = Array2::from_elem((batch.len(), width), pad_id);
    let mut mask = Array2::<i64>::zeros((batch.len(), width));
    for (row, tokens) in batch.iter().enumerate() {
        for (col, token) in tokens.iter().enumerate() {
            ids[[row, col]] = *token;
            mask[[row, col]] = 1;
        }
    }
    let outputs = session.run(inputs![
        "input_ids" => Tensor::from_array(ids)?,
        "attention_mask" => Tensor::from_array(mask)?,
    ])?;
    let logits: ArrayViewD<f32> = outputs["logits"].try_extract_array()?;
    let logits = logits.into_dimensionality::<Ix3>()?;
    Ok(logits.slice(s![.., -1, ..]).to_owned())
}
