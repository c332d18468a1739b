use anyhow::{bail, Context, Result};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct ModelConfig {
    architectures: Vec<String>,
}

pub enum RerankerKind {
    Generative,
    Classifier,
}

pub fn detect_kind(model_path: &Path) -> Result<RerankerKind> {
    let text = std::fs::read_to_string(model_path.join("config.json"))?;
    let config: ModelConfig = serde_json::from_str(&text).context("invalid config.json")?;
    match config.architectures.first().map(String::as_str) {
        Some("Qwen3ForCausalLM") => Ok(RerankerKind::Generative),
        Some("Qwen3ForSequenceClassification") => Ok(RerankerKind::Classifier),
        other => bail!("unsupported architecture {other:?}"),
    }
}
