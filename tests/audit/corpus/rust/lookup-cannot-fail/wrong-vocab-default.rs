use std::collections::HashMap;

pub struct YesNoHead {
    columns: [u32; 2],
}

impl YesNoHead {
    pub fn from_vocab(vocab: &HashMap<String, u32>) -> Self {
        let no = vocab.get("no").copied().unwrap_or_default();
        let yes = vocab.get("yes").copied().unwrap_or_default();
        Self { columns: [no, yes] }
    }

    pub fn score(&self, logits: &[f32]) -> f32 {
        let [no, yes] = self.columns.map(|c| logits[c as usize]);
        1.0 / (1.0 + (no - yes).exp())
    }
}
