use crate::templates;
use crate::tokenization::Tokenization;
use crate::types::{Pair, ValidEncoding};

pub struct Infer {
    tokenization: Tokenization,
    instruction: String,
}

impl Infer {
    pub fn prepare(&self, pair: &Pair, truncate: bool) -> anyhow::Result<ValidEncoding> {
        let input = templates::apply(&self.instruction, &pair.query, &pair.text);
        self.tokenization.encode(input, truncate)
    }
}
