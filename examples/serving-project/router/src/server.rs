use axum::{extract::State, Json};
use std::sync::Arc;

pub async fn rerank(State(infer): State<Arc<Infer>>, Json(request): Json<RerankRequest>) -> Result<Json<Vec<Rank>>, ApiError> {
    let mut ranks = Vec::with_capacity(request.texts.len());
    for (index, text) in request.texts.iter().enumerate() {
        let score = infer.score(&request.query, text, request.raw_scores).await?;
        ranks.push(Rank { index, score });
    }
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Json(ranks))
}

pub struct Infer {
    backend: Backend,
}

impl Infer {
    pub async fn score(&self, query: &str, text: &str, raw_scores: bool) -> Result<f32, ApiError> {
        let encoding = self.backend.tokenizer.encode((query, text), true)?;
        let score = self.backend.probability(encoding.get_ids()).await?;
        if raw_scores {
            return Ok(score);
        }
        Ok(1.0 / (1.0 + (-score).exp()))
    }
}

impl Backend {
    pub async fn probability(&self, ids: &[u32]) -> Result<f32, ApiError> {
        let yes_id = 9454usize;
        let no_id = 2901usize;
        let logits = self.model.last_logits(ids)?;
        let pair = Tensor::stack(&[logits.i(no_id)?, logits.i(yes_id)?], 0)?;
        let scores = candle_nn::ops::softmax(&pair, 0)?;
        Ok(scores.i(1)?.to_scalar::<f32>()?)
    }
}
