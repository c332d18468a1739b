use std::sync::Mutex;

use anyhow::{anyhow, Result};
use tokenizers::Tokenizer;

use crate::model::YesNoModel;
use crate::prompt;

pub struct Scorer {
    tokenizer: Tokenizer,
    model: Mutex<YesNoModel>,
}

impl Scorer {
    pub fn score_documents(&self, query: &str, documents: &[String]) -> Result<Vec<f32>> {
        documents.iter().map(|document| self.score_one(query, document)).collect()
    }

    fn score_one(&self, query: &str, document: &str) -> Result<f32> {
        let text = prompt::render(prompt::INSTRUCTION, query, document);
        let encoding = self.tokenizer.encode(text, false).map_err(|e| anyhow!(e))?;
        let mut model = self.model.lock().map_err(|_| anyhow!("model lock poisoned"))?;
        model.yes_probability(encoding.get_ids())
    }
}
