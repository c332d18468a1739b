use candle_core::{Result, Tensor};
use candle_nn::{ops::sigmoid, Linear, Module};

use crate::bert::BertModel;

pub struct Reranker {
    bert: BertModel,
    classifier: Linear,
}

impl Reranker {
    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor> {
        let pooled = self.bert.forward(ids, mask)?.narrow(1, 0, 1)?.squeeze(1)?;
        sigmoid(&self.classifier.forward(&pooled)?)
    }

    fn raw(&self, ids: &Tensor, mask: &Tensor) -> Result<Vec<f32>> {
        self.forward(ids, mask)?.squeeze(1)?.to_vec1::<f32>()
    }

    pub fn rank_scores(&self, ids: &Tensor, mask: &Tensor) -> Result<Vec<f32>> {
        let logits = self.raw(ids, mask)?;
        Ok(logits.iter().map(|logit| (1.0 + (-logit).exp()).recip()).collect())
    }
}
