use anyhow::{anyhow, Result};
use std::collections::HashSet;
use tokenizers::Tokenizer;

pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let mut ids: HashSet<u32> = HashSet::new();
    for word in ["yes", "no"] {
        let id = tokenizer
            .token_to_id(word)
            .ok_or_else(|| anyhow!("missing token {word}"))?;
        ids.insert(id);
    }
    let ids: Vec<u32> = ids.into_iter().collect();
    Ok((ids[0], ids[1]))
}
