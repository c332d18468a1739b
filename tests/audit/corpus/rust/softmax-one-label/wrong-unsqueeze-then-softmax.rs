use candle_core::{DType, Result, Tensor, D};
use candle_nn::{ops::softmax, Linear, Module};

pub struct ScoreLayer {
    weight: Linear,
}

impl ScoreLayer {
    pub fn probabilities(&self, pooled: &Tensor) -> Result<Vec<f32>> {
        let logits = self.weight.forward(pooled)?.squeeze(D::Minus1)?.to_dtype(DType::F32)?;
        let logits = logits.unsqueeze(1)?;
        let probs = softmax(&logits, D::Minus1)?;
        probs.flatten_all()?.to_vec1()
    }
}
