use actix_web::{post, web, HttpResponse, Result};

use crate::engine::Engine;
use crate::types::{RerankRequest, RerankResponse, RerankResult};

#[post("/v1/rerank")]
async fn rerank(
    engine: web::Data<Engine>,
    body: web::Json<RerankRequest>,
) -> Result<HttpResponse> {
    let inputs: Vec<String> = body
        .documents
        .iter()
        .map(|doc| format!("{} {}", body.query, doc))
        .collect();
    let scores = engine.score(&inputs).await?;
    let results: Vec<RerankResult> = scores
        .into_iter()
        .enumerate()
        .map(|(index, relevance_score)| RerankResult { index, relevance_score })
        .collect();
    Ok(HttpResponse::Ok().json(RerankResponse { results }))
}
