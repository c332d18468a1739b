use axum::{extract::State, http::StatusCode, Json};
use tokio::sync::{mpsc, oneshot};

use crate::types::{RerankBody, Scored};

pub enum Command {
    Score { query: String, text: String, reply: oneshot::Sender<anyhow::Result<f32>> },
    Health(oneshot::Sender<bool>),
}

#[derive(Clone)]
pub struct Api {
    pub commands: mpsc::Sender<Command>,
}

impl Api {
    async fn score(&self, query: String, text: String) -> anyhow::Result<f32> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(Command::Score { query, text, reply }).await?;
        answer.await?
    }
}

pub async fn rerank(
    State(api): State<Api>,
    Json(body): Json<RerankBody>,
) -> Result<Json<Vec<Scored>>, (StatusCode, String)> {
    let mut scored = Vec::with_capacity(body.texts.len());
    for (index, text) in body.texts.into_iter().enumerate() {
        let score = api
            .score(body.query.clone(), text)
            .await
            .map_err(|e| (StatusCode::FAILED_DEPENDENCY, format!("{e:#}")))?;
        scored.push(Scored { index, score });
    }
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Json(scored))
}
