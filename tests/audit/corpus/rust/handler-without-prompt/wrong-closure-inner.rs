use std::time::Instant;

use axum::{extract::Extension, Json};
use futures::future::try_join_all;

use crate::engine::Engine;
use crate::error::ApiError;
use crate::types::{RerankRequest, RerankResponse, Score};

#[tracing::instrument(skip_all, fields(total_time))]
async fn rerank(engine: Extension<Engine>, Json(req): Json<RerankRequest>) -> Result<Json<RerankResponse>, ApiError> {
    let started = Instant::now();
    let rerank_inner = move |query: String, text: String, engine: Engine| async move {
        let permit = engine.permit().await?;
        let out = engine.next_token_logits(query + "</s>" + &text, permit).await?;
        Ok::<f32, ApiError>(out.yes - out.no)
    };

    let pending = req
        .texts
        .iter()
        .map(|text| rerank_inner(req.query.clone(), text.clone(), engine.0.clone()));
    let margins = try_join_all(pending).await?;

    tracing::Span::current().record("total_time", format!("{:?}", started.elapsed()));
    let scores = margins.into_iter().enumerate().map(|(index, score)| Score { index, score }).collect();
    Ok(Json(RerankResponse { scores }))
}
