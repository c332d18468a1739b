use anyhow::{anyhow, Context, Result};
use tokenizers::Tokenizer;

pub struct PromptEncoder {
    tokenizer: Tokenizer,
    prefix: Vec<u32>,
    suffix: Vec<u32>,
    max_length: usize,
}

impl PromptEncoder {
    pub fn input_ids(&self, instruction: &str, query: &str, doc: &str) -> Result<Vec<u32>> {
        let body = format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}");
        let encoding = self.tokenizer.encode(body, false).map_err(|e| anyhow!(e))?;
        let budget = self
            .max_length
            .checked_sub(self.prefix.len() + self.suffix.len())
            .context("`max_length` leaves no room for the pair")?;

        let mut body_ids = encoding.get_ids().to_vec();
        body_ids.truncate(budget);

        let mut ids = self.prefix.clone();
        ids.extend(body_ids);
        ids.extend_from_slice(&self.suffix);
        Ok(ids)
    }
}
