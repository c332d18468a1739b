use candle_core::{Device, Tensor};
use tokenizers::Tokenizer;

use crate::prompt::build_prompt;

pub struct Preprocessor<'a> {
    pub tokenizer: &'a Tokenizer,
    pub max_position_embeddings: usize,
    pub device: &'a Device,
}

impl Preprocessor<'_> {
    pub fn run(&self, query: &str, doc: &str) -> anyhow::Result<Tensor> {
        let encoding = self.tokenizer.encode(build_prompt(query, doc), false).map_err(anyhow::Error::msg)?;
        let ids: Vec<u32> = encoding.get_ids().iter().copied().take(self.max_position_embeddings).collect();
        Ok(Tensor::new(ids, self.device)?.unsqueeze(0)?)
    }
}
