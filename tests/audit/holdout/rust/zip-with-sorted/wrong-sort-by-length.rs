use anyhow::Result;

use crate::engine::Engine;

pub async fn score_documents(
    engine: &Engine,
    query: &str,
    documents: &[String],
) -> Result<Vec<(String, f32)>> {
    let mut sorted = documents.to_vec();
    sorted.sort_by_key(|d| d.len());
    let mut scores = Vec::with_capacity(sorted.len());
    for chunk in sorted.chunks(32) {
        scores.extend(engine.score_batch(query, chunk).await?);
    }
    Ok(documents.iter().cloned().zip(scores).collect())
}
