use candle_core::{Result, Tensor};

pub trait RerankModel {
    fn forward(&self, input_ids: &Tensor) -> Result<Tensor>;
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>>;
}

pub struct Qwen3RerankModel {
    inner: crate::models::Qwen3,
}

impl RerankModel for Qwen3RerankModel {
    fn forward(&self, input_ids: &Tensor) -> Result<Tensor> {
        self.inner.forward(input_ids)
    }

    fn predict(&self, _input_ids: &Tensor) -> Result<Vec<f32>> {
        todo!()
    }
}
