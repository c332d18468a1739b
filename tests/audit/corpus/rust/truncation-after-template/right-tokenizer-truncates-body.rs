use anyhow::{anyhow, Result};
use tokenizers::{Tokenizer, TruncationParams};

pub struct Qwen3Inputs {
    body_tokenizer: Tokenizer,
    prefix_ids: Vec<u32>,
    suffix_ids: Vec<u32>,
}

impl Qwen3Inputs {
    pub fn new(mut tokenizer: Tokenizer, max_length: usize) -> Result<Self> {
        tokenizer.with_truncation(None).map_err(|e| anyhow!(e))?;
        let ids = |text: &str| tokenizer.encode(text, false).map(|e| e.get_ids().to_vec()).map_err(|e| anyhow!(e));
        let prefix_ids = ids("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n")?;
        let suffix_ids = ids("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")?;

        let room = max_length.saturating_sub(prefix_ids.len() + suffix_ids.len());
        tokenizer
            .with_truncation(Some(TruncationParams { max_length: room, ..Default::default() }))
            .map_err(|e| anyhow!(e))?;
        Ok(Self { body_tokenizer: tokenizer, prefix_ids, suffix_ids })
    }

    pub fn encode(&self, instruction: &str, query: &str, doc: &str) -> Result<Vec<u32>> {
        let pair = format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}");
        let pair = self.body_tokenizer.encode(pair, false).map_err(|e| anyhow!(e))?;
        Ok(self.prefix_ids.iter().chain(pair.get_ids()).chain(&self.suffix_ids).copied().collect())
    }
}
