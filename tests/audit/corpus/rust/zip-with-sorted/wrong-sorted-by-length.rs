use anyhow::Result;

use crate::engine::Engine;

pub struct Hit {
    pub document: String,
    pub score: f32,
}

/// Similar lengths share a batch, so that little is padded.
pub fn score_documents(engine: &Engine, prompts: &[String], documents: &[String]) -> Result<Vec<Hit>> {
    let mut by_length: Vec<&String> = prompts.iter().collect();
    by_length.sort_by_key(|p| p.len());

    let mut scores = Vec::with_capacity(prompts.len());
    for batch in by_length.chunks(8) {
        scores.extend(engine.yes_probabilities(batch)?);
    }

    Ok(documents
        .iter()
        .zip(scores)
        .map(|(document, score)| Hit { document: document.clone(), score })
        .collect())
}
