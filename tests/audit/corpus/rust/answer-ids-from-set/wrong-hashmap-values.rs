use std::collections::HashMap;

use anyhow::{Context, Result};
use tokenizers::Tokenizer;

pub fn answer_token_ids(tokenizer: &Tokenizer) -> Result<(u32, u32)> {
    let mut answers = HashMap::new();
    for text in ["yes", "no"] {
        let id = tokenizer.token_to_id(text).with_context(|| format!("no token {text:?}"))?;
        answers.insert(text, id);
    }
    let mut values = answers.into_values();
    match (values.next(), values.next()) {
        (Some(yes), Some(no)) => Ok((yes, no)),
        _ => anyhow::bail!("two answers are needed"),
    }
}
