use candle_core::{Result, Tensor};
use candle_nn::{ops::sigmoid, Linear, Module};

struct GatedMlp {
    gate: Linear,
    up: Linear,
    down: Linear,
}

impl Module for GatedMlp {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let gate = sigmoid(&self.gate.forward(x)?)?;
        self.down.forward(&(gate * self.up.forward(x)?)?)
    }
}

pub struct ScoreHead {
    mlp: GatedMlp,
    score: Linear,
}

impl ScoreHead {
    pub fn scores(&self, pooled: &Tensor) -> Result<Vec<f32>> {
        let hidden = (self.mlp.forward(pooled)? + pooled)?;
        sigmoid(&self.score.forward(&hidden)?)?.squeeze(1)?.to_vec1::<f32>()
    }
}
