use candle_core::{Result, Tensor, D};
use candle_nn::{Linear, Module};

use crate::batch::PaddedBatch;
use crate::qwen3::Qwen3Model;

pub struct Qwen3Reranker {
    model: Qwen3Model,
    score: Linear,
}

impl Qwen3Reranker {
    pub fn predict(&self, batch: &PaddedBatch) -> Result<Tensor> {
        let hidden = self.model.forward(&batch.input_ids)?;
        let last = hidden.narrow(1, batch.max_length - 1, 1)?.squeeze(1)?;
        self.score.forward(&last)?.squeeze(D::Minus1)
    }
}
