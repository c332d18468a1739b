use anyhow::{bail, Result};
use serde_json::Value;

pub enum Template {
    Qwen3Rerank,
    Pair,
}

pub fn template_for(config: &Value) -> Result<Template> {
    match config["model_type"].as_str() {
        Some("qwen3") => Ok(Template::Qwen3Rerank),
        Some("bert" | "roberta" | "xlm-roberta" | "modernbert") => Ok(Template::Pair),
        Some(other) => bail!("model type `{other}` cannot rerank"),
        None => bail!("config.json has no `model_type`"),
    }
}
