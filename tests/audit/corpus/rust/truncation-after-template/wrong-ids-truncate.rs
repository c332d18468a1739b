use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

const MAX_LENGTH: usize = 8192;

pub struct PromptEncoder {
    tokenizer: Tokenizer,
    instruction: String,
}

impl PromptEncoder {
    fn prompt(&self, query: &str, doc: &str) -> String {
        format!(
            "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: {}\n<Query>: {query}\n<Document>: {doc}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
            self.instruction
        )
    }

    pub fn input_ids(&self, query: &str, doc: &str) -> Result<Vec<u32>> {
        let encoding = self.tokenizer.encode(self.prompt(query, doc), false).map_err(|e| anyhow!(e))?;
        let mut ids = encoding.get_ids().to_vec();
        ids.truncate(MAX_LENGTH);
        Ok(ids)
    }
}
