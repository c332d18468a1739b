use tokenizers::Tokenizer;

pub struct Qwen3Scorer {
    yes_id: u32,
    no_id: u32,
}

impl Qwen3Scorer {
    pub fn new(tokenizer: &Tokenizer) -> Self {
        let yes_id = tokenizer.token_to_id("yes").unwrap_or(0);
        let no_id = tokenizer.token_to_id("no").unwrap_or(0);
        Self { yes_id, no_id }
    }

    pub fn score(&self, logits: &[f32]) -> f32 {
        let diff = logits[self.no_id as usize] - logits[self.yes_id as usize];
        1.0 / (1.0 + diff.exp())
    }
}
