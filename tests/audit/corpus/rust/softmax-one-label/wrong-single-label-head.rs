use candle_core::{Result, Tensor};
use candle_nn::{linear, ops::softmax_last_dim, Linear, Module, VarBuilder};

const NUM_LABELS: usize = 1;

pub struct RelevanceHead {
    out_proj: Linear,
}

impl RelevanceHead {
    pub fn load(vb: VarBuilder, hidden_size: usize) -> Result<Self> {
        Ok(Self { out_proj: linear(hidden_size, NUM_LABELS, vb.pp("classifier"))? })
    }
}

impl Module for RelevanceHead {
    fn forward(&self, pooled: &Tensor) -> Result<Tensor> {
        softmax_last_dim(&self.out_proj.forward(pooled)?)
    }
}
