use anyhow::Result;

use crate::engine::Engine;

/// Similar lengths share a batch; the scores go back to the places of their prompts.
pub fn score_prompts(engine: &Engine, prompts: &[String]) -> Result<Vec<f32>> {
    let mut order: Vec<usize> = (0..prompts.len()).collect();
    order.sort_by_key(|&i| prompts[i].len());

    let mut scores = vec![f32::NAN; prompts.len()];
    for batch in order.chunks(8) {
        let inputs: Vec<&String> = batch.iter().map(|&i| &prompts[i]).collect();
        for (&i, score) in batch.iter().zip(engine.yes_probabilities(&inputs)?) {
            scores[i] = score;
        }
    }
    Ok(scores)
}
