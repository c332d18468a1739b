use candle_core::{Device, IndexOp, Result, Tensor};

use crate::model::Qwen3Model;

pub fn last_logits(model: &Qwen3Model, sequences: &[Vec<u32>], pad_id: u32, device: &Device) -> Result<Tensor> {
    let max_len = sequences.iter().map(Vec::len).max().unwrap_or(0);
    let mut input_ids = vec![pad_id; sequences.len() * max_len];
    for (row, ids) in sequences.iter().enumerate() {
        input_ids[row * max_len..row * max_len + ids.len()].copy_from_slice(ids);
    }
    let logits = model.forward(&Tensor::from_vec(input_ids, (sequences.len(), max_len), device)?)?;
    let rows = sequences
        .iter()
        .enumerate()
        .map(|(row, ids)| logits.i((row, ids.len() - 1, ..)))
        .collect::<Result<Vec<_>>>()?;
    Tensor::stack(&rows, 0)
}
