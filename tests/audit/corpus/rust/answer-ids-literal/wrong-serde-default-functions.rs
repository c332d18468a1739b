use anyhow::{Context, Result};
use serde::Deserialize;

fn default_yes_token() -> u32 {
    9693
}

fn default_no_token() -> u32 {
    2152
}

#[derive(Debug, Deserialize)]
pub struct LogitScoreConfig {
    #[serde(default = "default_yes_token")]
    pub yes_token: u32,
    #[serde(default = "default_no_token")]
    pub no_token: u32,
}

pub fn read_config(path: &std::path::Path) -> Result<LogitScoreConfig> {
    let raw = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(serde_json::from_str(&raw)?)
}
