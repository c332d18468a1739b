use anyhow::{Context, Result};
use candle_core::{Tensor, D};
use tokenizers::Tokenizer;

pub fn yes_probability(tokenizer: &Tokenizer, logits: &Tensor) -> Result<f32> {
    let lookup = |t: &str| tokenizer.token_to_id(t).with_context(|| format!("`{t}` is not in the vocabulary"));

    let mut answer_ids = [lookup("yes")?, lookup("no")?];
    answer_ids.sort();
    let [no_id, yes_id] = answer_ids;

    let index = Tensor::new(&[no_id, yes_id], logits.device())?;
    let pair = logits.index_select(&index, D::Minus1)?;
    let probs = candle_nn::ops::softmax(&pair, D::Minus1)?.flatten_all()?.to_vec1::<f32>()?;
    Ok(probs[1])
}
