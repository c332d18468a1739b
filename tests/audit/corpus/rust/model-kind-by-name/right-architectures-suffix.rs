use anyhow::{bail, Context, Result};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub struct ModelConfig {
    pub architectures: Vec<String>,
    pub id2label: Option<HashMap<String, String>>,
}

#[derive(Debug, PartialEq)]
pub enum ModelKind {
    Embedding,
    Classifier,
    Reranker,
}

pub fn kind(config: &ModelConfig) -> Result<ModelKind> {
    let Some(architecture) = config.architectures.first() else {
        bail!("`architectures` is empty in config.json");
    };
    if !architecture.ends_with("Classification") {
        return Ok(ModelKind::Embedding);
    }
    let labels = config.id2label.as_ref().context("`id2label` is needed for a classifier")?;
    Ok(if labels.len() == 1 { ModelKind::Reranker } else { ModelKind::Classifier })
}
