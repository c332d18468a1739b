use axum::{extract::State, http::StatusCode, Json};

use crate::prompt::render_pair;
use crate::state::AppState;
use crate::types::{Rank, RerankBody};

/// Shows what would be sent to the model, for debugging.
pub async fn preview(Json(body): Json<RerankBody>) -> Json<Vec<String>> {
    let instruction = body.instruction.as_deref();
    Json(body.texts.iter().map(|t| render_pair(instruction, &body.query, t)).collect())
}

pub async fn rerank(
    State(state): State<AppState>,
    Json(body): Json<RerankBody>,
) -> Result<Json<Vec<Rank>>, (StatusCode, String)> {
    let pairs: Vec<(String, String)> =
        body.texts.iter().map(|text| (body.query.clone(), text.clone())).collect();
    let scores = state
        .engine
        .score_pairs(pairs)
        .await
        .map_err(|e| (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    Ok(Json(scores.into_iter().enumerate().map(|(index, score)| Rank { index, score }).collect()))
}
