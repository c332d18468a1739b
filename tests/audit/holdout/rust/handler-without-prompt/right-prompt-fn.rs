use axum::{extract::State, Json};

use crate::{error::ApiError, AppState, RankItem, RerankRequest};

const PREFIX: &str = "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
const SUFFIX: &str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
const INSTRUCTION: &str =
    "Given a web search query, retrieve relevant passages that answer the query";

fn build_prompt(query: &str, doc: &str) -> String {
    format!("{PREFIX}<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}")
}

pub async fn rerank(
    State(state): State<AppState>,
    Json(req): Json<RerankRequest>,
) -> Result<Json<Vec<RankItem>>, ApiError> {
    let prompts: Vec<String> = req.texts.iter().map(|t| build_prompt(&req.query, t)).collect();
    let scores = state.infer.predict_batch(prompts).await?;
    let items = scores.into_iter().enumerate().map(|(index, score)| RankItem { index, score });
    Ok(Json(items.collect()))
}
