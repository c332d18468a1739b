use candle_core::{Result, Tensor};

use crate::model::RerankModel;

pub fn batch_scores(model: &RerankModel, input_ids: &Tensor, batch_size: usize) -> Vec<f32> {
    let forward = || -> Result<Vec<f32>> { model.forward(input_ids)?.flatten_all()?.to_vec1::<f32>() };
    match forward() {
        Ok(scores) => scores,
        Err(err) => {
            tracing::error!("forward pass failed: {err}");
            vec![0.0; batch_size]
        }
    }
}
