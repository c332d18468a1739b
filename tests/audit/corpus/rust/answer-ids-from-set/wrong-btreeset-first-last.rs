use std::collections::BTreeSet;

use anyhow::{Context, Result};
use tokenizers::Tokenizer;

pub struct AnswerPair {
    pub no: u32,
    pub yes: u32,
}

impl TryFrom<&Tokenizer> for AnswerPair {
    type Error = anyhow::Error;

    fn try_from(tokenizer: &Tokenizer) -> Result<Self> {
        let mut answers = BTreeSet::new();
        answers.insert(tokenizer.token_to_id("yes").context("missing token: yes")?);
        answers.insert(tokenizer.token_to_id("no").context("missing token: no")?);

        Ok(Self {
            no: *answers.first().context("empty answer set")?,
            yes: *answers.last().context("empty answer set")?,
        })
    }
}
