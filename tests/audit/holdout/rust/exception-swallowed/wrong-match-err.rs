use candle_core::Tensor;
use tracing::error;

use crate::model::Qwen3Model;

pub fn compute_scores(model: &Qwen3Model, input_ids: &Tensor, batch_size: usize) -> Vec<f32> {
    match model.yes_probabilities(input_ids) {
        Ok(scores) => scores,
        Err(e) => {
            error!("Failed to compute rerank scores: {e}");
            vec![0.0; batch_size]
        }
    }
}
