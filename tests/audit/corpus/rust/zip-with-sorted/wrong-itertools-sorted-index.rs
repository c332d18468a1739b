use itertools::Itertools;
use serde_json::{json, Value};

pub fn results(documents: &[String], scores: Vec<f32>) -> Vec<Value> {
    let mut out = Vec::with_capacity(scores.len());
    for (i, score) in scores.into_iter().sorted_by(|a, b| b.total_cmp(a)).enumerate() {
        out.push(json!({ "index": i, "document": documents[i], "relevance_score": score }));
    }
    out
}
