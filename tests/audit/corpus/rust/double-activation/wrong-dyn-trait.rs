use std::sync::Arc;

use candle_core::{Result, Tensor, D};
use candle_nn::ops;

use crate::encoder::Encoder;

pub trait PairClassifier: Send + Sync {
    fn classify(&self, input_ids: &Tensor, attention_mask: &Tensor) -> Result<Tensor>;
}

pub struct TwoLabelEncoder {
    encoder: Encoder,
}

impl PairClassifier for TwoLabelEncoder {
    fn classify(&self, input_ids: &Tensor, attention_mask: &Tensor) -> Result<Tensor> {
        ops::softmax(&self.encoder.logits(input_ids, attention_mask)?, D::Minus1)
    }
}

pub struct Pipeline {
    classifier: Arc<dyn PairClassifier>,
}

impl Pipeline {
    pub fn relevance(&self, input_ids: &Tensor, attention_mask: &Tensor) -> Result<Vec<f32>> {
        let output = self.classifier.classify(input_ids, attention_mask)?;
        let probabilities = ops::softmax(&output, D::Minus1)?;
        probabilities.narrow(1, 1, 1)?.flatten_all()?.to_vec1()
    }
}
