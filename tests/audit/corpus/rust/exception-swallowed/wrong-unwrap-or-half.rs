use crate::engine::Engine;

pub fn score_documents(engine: &Engine, query: &str, documents: &[String]) -> Vec<f32> {
    documents
        .iter()
        .map(|document| engine.score(query, document).unwrap_or(0.5))
        .collect()
}
