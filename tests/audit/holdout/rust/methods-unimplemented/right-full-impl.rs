use candle_core::{Result, Tensor};

pub trait RerankModel {
    fn forward(&self, input_ids: &Tensor) -> Result<Tensor>;
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>>;

    fn max_length(&self) -> usize {
        8192
    }
}

pub struct ClassifierModel {
    inner: crate::models::XlmRoberta,
}

impl RerankModel for ClassifierModel {
    fn forward(&self, input_ids: &Tensor) -> Result<Tensor> {
        self.inner.forward(input_ids)
    }

    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let logits = self.forward(input_ids)?.squeeze(1)?;
        candle_nn::ops::sigmoid(&logits)?.to_vec1::<f32>()
    }
}
