use candle_core::{Device, IndexOp, Result, Tensor};

pub fn last_logits(
    model: &crate::Qwen3ForCausalLM,
    mut batch: Vec<Vec<u32>>,
    device: &Device,
) -> Result<Tensor> {
    let max_len = batch.iter().map(|ids| ids.len()).max().unwrap_or(0);
    for ids in batch.iter_mut() {
        ids.resize(max_len, 0);
    }
    let input_ids = Tensor::new(batch, device)?;
    let logits = model.forward(&input_ids)?;
    logits.i((.., max_len - 1, ..))
}
