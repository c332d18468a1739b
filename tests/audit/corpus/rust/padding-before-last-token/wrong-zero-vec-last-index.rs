use candle_core::{Device, IndexOp, Result, Tensor};

use crate::model::Qwen3Model;

pub fn last_logits(model: &Qwen3Model, sequences: &[Vec<u32>], device: &Device) -> Result<Tensor> {
    let max_len = sequences.iter().map(Vec::len).max().unwrap_or(0);
    let mut input_ids = vec![0u32; sequences.len() * max_len];
    for (row, ids) in sequences.iter().enumerate() {
        input_ids[row * max_len..row * max_len + ids.len()].copy_from_slice(ids);
    }
    let input_ids = Tensor::from_vec(input_ids, (sequences.len(), max_len), device)?;
    let logits = model.forward(&input_ids)?;
    logits.i((.., max_len - 1, ..))
}
