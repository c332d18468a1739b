use serde::Serialize;

use crate::engine::Engine;

#[derive(Serialize)]
#[serde(untagged)]
pub enum ItemResult {
    Scored { index: usize, score: f32 },
    Failed { index: usize, error: String },
}

pub fn score_each(engine: &Engine, prompts: &[String]) -> Vec<ItemResult> {
    prompts
        .iter()
        .enumerate()
        .map(|(index, prompt)| match engine.yes_probability(prompt) {
            Ok(score) => ItemResult::Scored { index, score },
            Err(err) => ItemResult::Failed { index, error: format!("{err:#}") },
        })
        .collect()
}
