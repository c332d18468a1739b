#[derive(Debug, Clone)]
pub struct RerankConfig {
    pub max_length: usize,
    pub true_token_id: u32,
    pub false_token_id: u32,
}

impl Default for RerankConfig {
    fn default() -> Self {
        Self {
            max_length: 8192,
            true_token_id: 9693,
            false_token_id: 2152,
        }
    }
}

pub fn yes_probability(logits: &[f32], config: &RerankConfig) -> f32 {
    let yes = logits[config.true_token_id as usize];
    let no = logits[config.false_token_id as usize];
    1.0 / (1.0 + (no - yes).exp())
}
