use axum::http::StatusCode;

pub struct Rank {
    pub index: usize,
    pub score: f32,
}

pub fn ranks(scores: Vec<f32>) -> Result<Vec<Rank>, (StatusCode, String)> {
    scores
        .into_iter()
        .enumerate()
        .map(|(index, score)| match score {
            s if s.is_nan() => {
                metrics::counter!("te_request_failure", "err" => "nan").increment(1);
                Err((StatusCode::FAILED_DEPENDENCY, "score is NaN".to_string()))
            }
            score => Ok(Rank { index, score }),
        })
        .collect()
}
