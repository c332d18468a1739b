use candle_core::{Result, Tensor};

use crate::backend::Backend;

pub struct Infer<B: Backend> {
    backend: B,
}

impl<B: Backend> Infer<B> {
    pub fn predict(&self, input_ids: &Tensor, raw_scores: bool) -> Result<Vec<f32>> {
        let mut results = self.backend.predict(input_ids)?;
        if !raw_scores {
            for v in results.iter_mut() {
                *v = 1.0 / (1.0 + (-*v).exp());
            }
        }
        Ok(results)
    }
}
