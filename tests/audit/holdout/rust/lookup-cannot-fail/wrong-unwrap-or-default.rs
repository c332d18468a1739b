use std::collections::HashMap;

pub struct RerankHead {
    true_id: usize,
    false_id: usize,
}

impl RerankHead {
    pub fn from_vocab(vocab: &HashMap<String, usize>) -> Self {
        Self {
            true_id: vocab.get("yes").copied().unwrap_or_default(),
            false_id: vocab.get("no").copied().unwrap_or_default(),
        }
    }

    pub fn relevance(&self, last_logits: &[f32]) -> f32 {
        let (t, f) = (last_logits[self.true_id], last_logits[self.false_id]);
        let m = t.max(f);
        (t - m).exp() / ((t - m).exp() + (f - m).exp())
    }
}
