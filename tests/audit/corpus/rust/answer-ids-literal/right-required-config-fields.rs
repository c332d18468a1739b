use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// `1_LogitScore/config.json` as written by sentence-transformers.
#[derive(Debug, Deserialize)]
pub struct LogitScoreConfig {
    pub true_token_id: u32,
    pub false_token_id: Option<u32>,
}

pub fn load_answer_ids(root: &Path) -> Result<(u32, u32)> {
    let path = root.join("1_LogitScore").join("config.json");
    let file = std::fs::File::open(&path).with_context(|| format!("opening {}", path.display()))?;
    let config: LogitScoreConfig = serde_json::from_reader(file)?;
    let no = config.false_token_id.context("`false_token_id` is not set in 1_LogitScore/config.json")?;
    Ok((config.true_token_id, no))
}
