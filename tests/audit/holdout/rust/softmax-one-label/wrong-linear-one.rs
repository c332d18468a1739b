use candle_core::{Result, Tensor};
use candle_nn::{linear, Linear, Module, VarBuilder};

pub struct RerankHead {
    classifier: Linear,
}

impl RerankHead {
    pub fn load(vb: VarBuilder, hidden_size: usize) -> Result<Self> {
        let classifier = linear(hidden_size, 1, vb.pp("classifier"))?;
        Ok(Self { classifier })
    }

    pub fn forward(&self, pooled: &Tensor) -> Result<Tensor> {
        let logits = self.classifier.forward(pooled)?;
        candle_nn::ops::softmax(&logits, 1)
    }
}
