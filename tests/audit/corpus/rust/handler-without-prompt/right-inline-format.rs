use axum::{extract::State, http::StatusCode, Json};

use crate::state::AppState;
use crate::types::{Rank, RerankRequest};

const PREFIX: &str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
const SUFFIX: &str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

pub async fn rerank(
    State(state): State<AppState>,
    Json(req): Json<RerankRequest>,
) -> Result<Json<Vec<Rank>>, (StatusCode, String)> {
    let instruction = req.instruction.as_deref().unwrap_or(&state.default_instruction);
    let mut ranks = Vec::with_capacity(req.texts.len());
    for (index, text) in req.texts.iter().enumerate() {
        let prompt =
            format!("{PREFIX}<Instruct>: {instruction}\n<Query>: {}\n<Document>: {text}{SUFFIX}", req.query);
        let score = state
            .engine
            .yes_probability(prompt)
            .await
            .map_err(|e| (StatusCode::FAILED_DEPENDENCY, e.to_string()))?;
        ranks.push(Rank { index, score });
    }
    ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Json(ranks))
}
