use std::collections::BTreeSet;

use anyhow::{anyhow, ensure, Result};
use tokenizers::Tokenizer;

pub fn ordered_answers(tokenizer: &Tokenizer) -> Result<[u32; 2]> {
    let find = |t: &str| tokenizer.token_to_id(t).ok_or_else(|| anyhow!("missing token {t:?}"));
    let pair = [find("no")?, find("yes")?];
    let distinct: BTreeSet<u32> = pair.iter().copied().collect();
    ensure!(distinct.len() == 2, "both answers map to token {}", pair[0]);
    Ok(pair)
}
