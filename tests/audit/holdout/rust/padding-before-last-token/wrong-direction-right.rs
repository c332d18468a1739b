use candle_core::{Device, IndexOp, Tensor};
use tokenizers::{PaddingDirection, PaddingParams, PaddingStrategy, Tokenizer};

pub fn forward_last(
    model: &crate::Qwen3ForCausalLM,
    tokenizer: &mut Tokenizer,
    prompts: Vec<String>,
) -> anyhow::Result<Tensor> {
    tokenizer.with_padding(Some(PaddingParams {
        strategy: PaddingStrategy::BatchLongest,
        direction: PaddingDirection::Right,
        ..Default::default()
    }));
    let encodings = tokenizer.encode_batch(prompts, false).map_err(anyhow::Error::msg)?;
    let ids: Vec<Vec<u32>> = encodings.iter().map(|e| e.get_ids().to_vec()).collect();
    let input_ids = Tensor::new(ids, &Device::Cpu)?;
    let logits = model.forward(&input_ids)?;
    let seq_len = logits.dim(1)?;
    Ok(logits.i((.., seq_len - 1, ..))?)
}
