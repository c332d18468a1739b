use candle_core::{Result, Tensor};

pub struct Reranker {
    model: crate::models::BertClassifier,
}

impl Reranker {
    fn logits(&self, batch: &crate::Batch) -> Result<Tensor> {
        self.model.forward(batch)?.squeeze(1)
    }

    pub fn scores(&self, batch: &crate::Batch, raw_scores: bool) -> Result<Vec<f32>> {
        let mut scores = self.logits(batch)?;
        if !raw_scores {
            scores = candle_nn::ops::sigmoid(&scores)?;
        }
        scores.to_vec1::<f32>()
    }
}
