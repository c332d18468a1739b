use candle_core::{bail, IndexOp, Result, Tensor};
use tokenizers::Tokenizer;

fn label_ids(tokenizer: &Tokenizer) -> Result<Vec<u32>> {
    let mut ids = Vec::new();
    for label in ["yes", "no"] {
        match tokenizer.token_to_id(label) {
            Some(id) => ids.push(id),
            None => bail!("label `{label}` is not in the vocabulary"),
        }
    }
    ids.sort();
    Ok(ids)
}

pub fn score(logits: &Tensor, tokenizer: &Tokenizer) -> Result<Tensor> {
    let ids = label_ids(tokenizer)?;
    let no = logits.i((.., ids[0] as usize))?;
    let yes = logits.i((.., ids[1] as usize))?;
    candle_nn::ops::sigmoid(&(yes - no)?)
}
