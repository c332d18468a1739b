use candle_core::{Device, IndexOp, Result, Tensor};

pub fn last_logits(
    model: &crate::Qwen3ForCausalLM,
    mut batch: Vec<Vec<u32>>,
    pad_id: u32,
    device: &Device,
) -> Result<Tensor> {
    let lengths: Vec<usize> = batch.iter().map(|ids| ids.len()).collect();
    let max_len = lengths.iter().copied().max().unwrap_or(0);
    for ids in batch.iter_mut() {
        ids.resize(max_len, pad_id);
    }
    let logits = model.forward(&Tensor::new(batch, device)?)?;
    let rows = lengths
        .iter()
        .enumerate()
        .map(|(i, len)| logits.i((i, len - 1)))
        .collect::<Result<Vec<_>>>()?;
    Tensor::stack(&rows, 0)
}
