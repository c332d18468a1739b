use serde::Serialize;

#[derive(Serialize)]
pub struct RerankResult {
    pub index: usize,
    pub document: String,
    pub relevance_score: f32,
}

pub fn build_results(documents: Vec<String>, mut scores: Vec<f32>) -> Vec<RerankResult> {
    scores.sort_by(|a, b| b.total_cmp(a));
    documents
        .into_iter()
        .zip(scores)
        .enumerate()
        .map(|(index, (document, relevance_score))| RerankResult {
            index,
            document,
            relevance_score,
        })
        .collect()
}
