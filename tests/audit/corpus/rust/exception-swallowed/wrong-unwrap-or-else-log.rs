use std::sync::Arc;

use futures::future::join_all;

use crate::infer::Infer;

pub async fn score_all(infer: Arc<Infer>, prompts: Vec<String>) -> Vec<f32> {
    let futures = prompts.into_iter().map(|prompt| {
        let infer = infer.clone();
        async move {
            infer.yes_probability(prompt).await.unwrap_or_else(|err| {
                tracing::warn!("scoring failed, using neutral score: {err:#}");
                0.5
            })
        }
    });
    join_all(futures).await
}
