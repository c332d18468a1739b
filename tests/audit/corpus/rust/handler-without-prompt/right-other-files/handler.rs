use actix_web::{error::ErrorInternalServerError, web, HttpResponse};

use crate::scorer::Scorer;
use crate::types::RerankBody;

pub async fn rerank(scorer: web::Data<Scorer>, body: web::Json<RerankBody>) -> actix_web::Result<HttpResponse> {
    let body = body.into_inner();
    let scores = web::block(move || scorer.score_documents(&body.query, &body.documents))
        .await?
        .map_err(ErrorInternalServerError)?;
    let results: Vec<_> = scores
        .into_iter()
        .enumerate()
        .map(|(index, relevance_score)| serde_json::json!({ "index": index, "relevance_score": relevance_score }))
        .collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "results": results })))
}
