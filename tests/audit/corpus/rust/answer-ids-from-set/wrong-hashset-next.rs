use std::collections::HashSet;

use anyhow::{anyhow, Context, Result};
use tokenizers::Tokenizer;

pub fn answer_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let ids: HashSet<u32> = ["yes", "no"]
        .iter()
        .map(|t| tokenizer.token_to_id(t).ok_or_else(|| anyhow!("token {t:?} not found")))
        .collect::<Result<_>>()?;

    let mut it = ids.into_iter();
    let yes_id = it.next().context("no answer token")?;
    let no_id = it.next().context("only one answer token")?;
    Ok((yes_id, no_id))
}
