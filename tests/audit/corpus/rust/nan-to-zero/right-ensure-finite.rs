use anyhow::{ensure, Result};
use candle_core::Tensor;

use crate::model::RerankModel;

impl RerankModel {
    pub fn scores(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let scores = self.forward(input_ids)?.flatten_all()?.to_vec1::<f32>()?;
        ensure!(scores.iter().all(|s| s.is_finite()), "the model returned a score that is not finite");
        Ok(scores)
    }
}
