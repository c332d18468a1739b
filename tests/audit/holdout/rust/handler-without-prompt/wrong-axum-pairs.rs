use axum::{extract::State, Json};
use serde::Deserialize;

use crate::{error::ApiError, AppState, RankItem};

#[derive(Deserialize)]
pub struct RerankRequest {
    query: String,
    texts: Vec<String>,
}

pub async fn rerank(
    State(state): State<AppState>,
    Json(req): Json<RerankRequest>,
) -> Result<Json<Vec<RankItem>>, ApiError> {
    let mut ranks = Vec::with_capacity(req.texts.len());
    for (index, text) in req.texts.iter().enumerate() {
        let score = state.infer.predict((req.query.clone(), text.clone())).await?;
        ranks.push(RankItem { index, score });
    }
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Json(ranks))
}
