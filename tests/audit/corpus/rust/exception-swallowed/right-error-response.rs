use axum::{http::StatusCode, Json};
use serde::Serialize;

use crate::infer::{Infer, InferError};

#[derive(Serialize)]
pub struct ErrorBody {
    pub error: String,
    pub error_type: &'static str,
}

pub async fn scores_or_status(
    infer: &Infer,
    prompts: Vec<String>,
) -> Result<Vec<f32>, (StatusCode, Json<ErrorBody>)> {
    match infer.yes_probabilities(prompts).await {
        Ok(scores) => Ok(scores),
        Err(err) => {
            tracing::error!("{err}");
            let status = match err {
                InferError::Overloaded => StatusCode::TOO_MANY_REQUESTS,
                InferError::Backend(_) => StatusCode::FAILED_DEPENDENCY,
            };
            Err((status, Json(ErrorBody { error: err.to_string(), error_type: "Backend" })))
        }
    }
}
