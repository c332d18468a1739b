use serde::Deserialize;

#[derive(Deserialize)]
pub struct RankOptions {
    pub top_n: Option<usize>,
    pub score_threshold: Option<f32>,
    pub return_text: Option<bool>,
}

pub struct Hit {
    pub index: usize,
    pub score: f32,
    pub text: Option<String>,
}

pub fn select(mut hits: Vec<Hit>, options: &RankOptions) -> Vec<Hit> {
    let threshold = options.score_threshold.unwrap_or(0.0);
    let top_n = options.top_n.unwrap_or(hits.len());
    hits.retain(|hit| hit.score >= threshold);
    hits.truncate(top_n);
    if !options.return_text.unwrap_or(false) {
        hits.iter_mut().for_each(|hit| hit.text = None);
    }
    hits
}
