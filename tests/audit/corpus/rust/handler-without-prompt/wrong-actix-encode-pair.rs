use actix_web::{error, post, web, HttpResponse};
use serde::Deserialize;

use crate::state::AppState;

#[derive(Deserialize)]
struct RerankBody {
    query: String,
    documents: Vec<String>,
}

#[post("/rerank")]
async fn rerank(state: web::Data<AppState>, body: web::Json<RerankBody>) -> actix_web::Result<HttpResponse> {
    let batch = encode_pairs(&state, &body).map_err(error::ErrorBadRequest)?;
    let scores = state.causal_lm.score(batch).map_err(error::ErrorInternalServerError)?;
    let results: Vec<_> = scores
        .iter()
        .enumerate()
        .map(|(index, score)| serde_json::json!({"index": index, "relevance_score": score}))
        .collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "results": results })))
}

fn encode_pairs(state: &AppState, body: &RerankBody) -> anyhow::Result<Vec<tokenizers::Encoding>> {
    let inputs: Vec<(String, String)> =
        body.documents.iter().map(|d| (body.query.clone(), d.clone())).collect();
    state.tokenizer.encode_batch(inputs, true).map_err(|e| anyhow::anyhow!(e))
}
