use candle_core::{bail, Result};
use tokenizers::Tokenizer;

pub struct LogitPair {
    yes: usize,
    no: usize,
}

impl LogitPair {
    pub fn new(tokenizer: &Tokenizer) -> Result<Self> {
        let Some(yes) = tokenizer.token_to_id("yes") else {
            bail!("cannot score: token `yes` is unknown")
        };
        let Some(no) = tokenizer.token_to_id("no") else {
            bail!("cannot score: token `no` is unknown")
        };
        Ok(Self { yes: yes as usize, no: no as usize })
    }
}
