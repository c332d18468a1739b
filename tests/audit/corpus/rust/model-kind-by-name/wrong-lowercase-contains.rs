#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ModelKind {
    Embedding,
    Reranker,
}

pub fn detect_kind(model_id: &str) -> ModelKind {
    if model_id.to_lowercase().contains("rerank") {
        ModelKind::Reranker
    } else {
        ModelKind::Embedding
    }
}
