#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RerankerKind {
    Generative,
    CrossEncoder,
}

pub fn detect_kind(model_id: &str) -> RerankerKind {
    let id = model_id.to_lowercase();
    if id.contains("qwen3-reranker") {
        RerankerKind::Generative
    } else {
        RerankerKind::CrossEncoder
    }
}
