use anyhow::{anyhow, ensure, Result};
use tokenizers::Tokenizer;

fn single_token(tokenizer: &Tokenizer, answer: &str) -> Result<u32> {
    let encoding = tokenizer.encode(answer, false).map_err(|e| anyhow!("encoding {answer:?}: {e}"))?;
    let ids = encoding.get_ids();
    ensure!(ids.len() == 1, "{answer:?} is split into {} tokens", ids.len());
    Ok(ids[0])
}

pub fn answer_columns(tokenizer: &Tokenizer) -> Result<[usize; 2]> {
    let no = single_token(tokenizer, "no")?;
    let yes = single_token(tokenizer, "yes")?;
    Ok([no as usize, yes as usize])
}
