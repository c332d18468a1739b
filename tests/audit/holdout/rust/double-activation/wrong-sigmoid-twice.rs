use candle_core::{Result, Tensor};

pub struct Reranker {
    model: crate::models::BertClassifier,
}

impl Reranker {
    fn predict(&self, batch: &crate::Batch) -> Result<Tensor> {
        let logits = self.model.forward(batch)?.squeeze(1)?;
        candle_nn::ops::sigmoid(&logits)
    }

    pub fn scores(&self, batch: &crate::Batch, raw_scores: bool) -> Result<Vec<f32>> {
        let mut scores = self.predict(batch)?;
        if !raw_scores {
            scores = candle_nn::ops::sigmoid(&scores)?;
        }
        scores.to_vec1::<f32>()
    }
}
