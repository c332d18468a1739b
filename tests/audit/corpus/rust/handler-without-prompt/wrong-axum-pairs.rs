use axum::{extract::Extension, http::StatusCode, Json};

use crate::infer::CausalInfer;
use crate::types::{ErrorResponse, Rank, RerankRequest};

/// Relevance by the `yes`/`no` logits of Qwen3-Reranker.
pub async fn rerank(
    infer: Extension<CausalInfer>,
    Json(req): Json<RerankRequest>,
) -> Result<Json<Vec<Rank>>, (StatusCode, Json<ErrorResponse>)> {
    let mut ranks = Vec::with_capacity(req.texts.len());
    for (index, text) in req.texts.iter().enumerate() {
        let permit = infer.try_acquire_permit().map_err(ErrorResponse::from)?;
        let response = infer
            .predict((req.query.clone(), text.clone()), req.truncate, permit)
            .await
            .map_err(ErrorResponse::from)?;
        ranks.push(Rank { index, score: response.results[0] });
    }
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Json(ranks))
}
