use serde::Deserialize;

#[derive(Deserialize, Clone, Debug)]
pub struct Qwen3RerankConfig {
    pub hidden_size: usize,
    pub vocab_size: usize,
    pub true_token_id: Option<u32>,
    pub false_token_id: Option<u32>,
}

pub struct AnswerIds {
    pub yes: usize,
    pub no: usize,
}

impl From<&Qwen3RerankConfig> for AnswerIds {
    fn from(config: &Qwen3RerankConfig) -> Self {
        Self {
            yes: config.true_token_id.unwrap_or(9454) as usize,
            no: config.false_token_id.unwrap_or(2753) as usize,
        }
    }
}
