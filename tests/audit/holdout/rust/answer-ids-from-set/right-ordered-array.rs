use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

const LABELS: [&str; 2] = ["no", "yes"];

pub fn label_ids(tokenizer: &Tokenizer) -> Result<[u32; 2]> {
    let mut ids = [0u32; 2];
    for (slot, label) in ids.iter_mut().zip(LABELS) {
        *slot = tokenizer
            .token_to_id(label)
            .ok_or_else(|| anyhow!("label `{label}` is not in the vocabulary"))?;
    }
    Ok(ids)
}

pub fn yes_probability(logits: &[f32], [no, yes]: [u32; 2]) -> f32 {
    let diff = logits[no as usize] - logits[yes as usize];
    1.0 / (1.0 + diff.exp())
}
