use axum::{extract::State, Json};

use crate::error::ApiError;
use crate::state::AppState;
use crate::types::{Rank, RerankRequest};

const DEFAULT_INSTRUCTION: &str = "Given a web search query, retrieve relevant passages that answer the query";

pub async fn rerank(State(state): State<AppState>, Json(req): Json<RerankRequest>) -> Result<Json<Vec<Rank>>, ApiError> {
    let scores = score_request(&state, &req).await?;
    Ok(Json(scores.into_iter().enumerate().map(|(index, score)| Rank { index, score }).collect()))
}

async fn score_request(state: &AppState, req: &RerankRequest) -> Result<Vec<f32>, ApiError> {
    let prompts = req.texts.iter().map(|text| build_input(req, text)).collect();
    Ok(state.engine.score(prompts).await?)
}

fn build_input(req: &RerankRequest, text: &str) -> String {
    let instruction = req.instruction.as_deref().unwrap_or(DEFAULT_INSTRUCTION);
    wrap(&format!("<Instruct>: {instruction}\n<Query>: {}\n<Document>: {text}", req.query))
}

fn wrap(body: &str) -> String {
    let mut out = String::from("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n");
    out.push_str(body);
    out.push_str("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
    out
}
