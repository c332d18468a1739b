const RERANKER_HINTS: [&str; 3] = ["rerank", "ranker", "cross-encoder"];

pub struct ModelInfo {
    pub name: String,
    pub max_length: usize,
}

impl ModelInfo {
    pub fn is_reranker(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        RERANKER_HINTS.iter().any(|hint| name.contains(hint))
    }

    pub fn routes(&self) -> Vec<&'static str> {
        let mut routes = vec!["/health", "/info"];
        routes.push(if self.is_reranker() { "/rerank" } else { "/embed" });
        routes
    }
}
