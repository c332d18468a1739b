use candle_core::{Device, IndexOp, Result, Tensor};

use crate::model::Qwen3Model;

pub fn last_logits(model: &Qwen3Model, sequences: &[Vec<u32>], pad_id: u32, device: &Device) -> Result<Tensor> {
    let max_len = sequences.iter().map(Vec::len).max().unwrap_or(0);
    let mut input_ids = Vec::with_capacity(sequences.len() * max_len);
    let mut mask = Vec::with_capacity(sequences.len() * max_len);
    for ids in sequences {
        let padding = max_len - ids.len();
        input_ids.extend(std::iter::repeat(pad_id).take(padding));
        mask.extend(std::iter::repeat(0u32).take(padding));
        input_ids.extend_from_slice(ids);
        mask.extend(std::iter::repeat(1u32).take(ids.len()));
    }
    let shape = (sequences.len(), max_len);
    let input_ids = Tensor::from_vec(input_ids, shape, device)?;
    let mask = Tensor::from_vec(mask, shape, device)?;
    model.forward(&input_ids, &mask)?.i((.., max_len - 1, ..))
}
