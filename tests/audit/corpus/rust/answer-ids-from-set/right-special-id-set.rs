use std::collections::HashSet;

use anyhow::{Context, Result};
use tokenizers::Tokenizer;

pub struct Vocabulary {
    special: HashSet<u32>,
    yes: u32,
    no: u32,
}

impl Vocabulary {
    pub fn read(tokenizer: &Tokenizer) -> Result<Self> {
        let special = tokenizer.get_added_tokens_decoder().into_keys().collect::<HashSet<u32>>();
        let yes = tokenizer.token_to_id("yes").context("`yes` is not a token")?;
        let no = tokenizer.token_to_id("no").context("`no` is not a token")?;
        Ok(Self { special, yes, no })
    }

    pub fn is_special(&self, id: u32) -> bool {
        self.special.contains(&id)
    }

    pub fn margin(&self, row: &[f32]) -> f32 {
        row[self.yes as usize] - row[self.no as usize]
    }
}
