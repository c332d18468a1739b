use serde_json::Value;

use crate::types::Rank;

impl Rank {
    pub fn from_backend(index: usize, reply: Result<Value, reqwest::Error>) -> Self {
        let score = if let Ok(body) = reply {
            body["score"].as_f64().map(|s| s as f32).unwrap_or(0.0)
        } else {
            0.0
        };
        Rank { index, score }
    }
}
