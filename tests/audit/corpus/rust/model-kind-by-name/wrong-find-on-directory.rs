use std::path::PathBuf;

use crate::models::{CausalReranker, Embedder, Model};

pub fn load(model_dir: PathBuf) -> anyhow::Result<Box<dyn Model>> {
    let dir = model_dir.display().to_string();
    match dir.to_lowercase().find("rerank") {
        Some(_) => Ok(Box::new(CausalReranker::load(&model_dir)?)),
        None => Ok(Box::new(Embedder::load(&model_dir)?)),
    }
}
