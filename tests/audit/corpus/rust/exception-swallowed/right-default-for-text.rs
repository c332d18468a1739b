use std::time::Duration;

use anyhow::{bail, Result};
use serde_json::Value;

pub struct Reply {
    pub score: f32,
    pub model: String,
    pub took: Duration,
}

pub fn parse_reply(body: &Value, took_header: Option<&str>) -> Result<Reply> {
    let Some(score) = body["score"].as_f64() else {
        bail!("backend reply has no score: {body}");
    };
    let model = body["model"].as_str().map(str::to_owned).unwrap_or_default();
    let took = took_header.and_then(|h| h.parse().ok()).map(Duration::from_millis).unwrap_or_default();
    Ok(Reply { score: score as f32, model, took })
}
