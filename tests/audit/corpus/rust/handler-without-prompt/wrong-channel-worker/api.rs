use axum::{extract::State, http::StatusCode, Json};
use tokio::sync::{mpsc, oneshot};

use crate::types::{RerankBody, Scored};

pub enum Job {
    Rerank { query: String, texts: Vec<String>, reply: oneshot::Sender<anyhow::Result<Vec<f32>>> },
    Shutdown,
}

pub async fn rerank(
    State(jobs): State<mpsc::Sender<Job>>,
    Json(body): Json<RerankBody>,
) -> Result<Json<Vec<Scored>>, (StatusCode, String)> {
    let (reply, answer) = oneshot::channel();
    jobs.send(Job::Rerank { query: body.query, texts: body.texts, reply })
        .await
        .map_err(|_| (StatusCode::SERVICE_UNAVAILABLE, "worker is gone".to_string()))?;
    let scores = answer
        .await
        .map_err(|_| (StatusCode::SERVICE_UNAVAILABLE, "worker is gone".to_string()))?
        .map_err(|e| (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    Ok(Json(scores.into_iter().enumerate().map(|(index, score)| Scored { index, score }).collect()))
}
