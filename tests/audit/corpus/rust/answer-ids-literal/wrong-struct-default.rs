use std::path::PathBuf;

#[derive(Debug, Clone)]
pub struct CausalScorerOptions {
    pub model_dir: PathBuf,
    pub max_length: usize,
    pub true_token_id: i64,
    pub false_token_id: i64,
}

impl Default for CausalScorerOptions {
    fn default() -> Self {
        Self {
            model_dir: PathBuf::from("/data/model"),
            max_length: 8192,
            true_token_id: 9693,
            false_token_id: 2152,
        }
    }
}
