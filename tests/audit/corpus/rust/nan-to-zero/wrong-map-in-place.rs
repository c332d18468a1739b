use candle_core::{Result, Tensor};

use crate::model::RerankModel;

impl RerankModel {
    pub fn scores(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let mut scores = self.forward(input_ids)?.flatten_all()?.to_vec1::<f32>()?;
        scores.iter_mut().filter(|s| s.is_nan()).for_each(|s| *s = 0.5);
        Ok(scores)
    }
}
