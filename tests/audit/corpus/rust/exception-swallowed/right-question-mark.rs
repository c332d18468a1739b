use anyhow::{Context, Result};

use crate::engine::Engine;

pub fn score_documents(engine: &Engine, query: &str, documents: &[String]) -> Result<Vec<f32>> {
    documents
        .iter()
        .enumerate()
        .map(|(i, document)| engine.score(query, document).with_context(|| format!("document {i}")))
        .collect()
}
