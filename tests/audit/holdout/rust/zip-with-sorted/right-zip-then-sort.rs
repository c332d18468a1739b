use serde::Serialize;

#[derive(Serialize)]
pub struct RerankResult {
    pub index: usize,
    pub document: String,
    pub relevance_score: f32,
}

pub fn build_results(documents: Vec<String>, scores: Vec<f32>) -> Vec<RerankResult> {
    let mut results: Vec<RerankResult> = documents
        .into_iter()
        .zip(scores)
        .enumerate()
        .map(|(index, (document, relevance_score))| RerankResult { index, document, relevance_score })
        .collect();
    results.sort_by(|a, b| b.relevance_score.total_cmp(&a.relevance_score));
    results
}
