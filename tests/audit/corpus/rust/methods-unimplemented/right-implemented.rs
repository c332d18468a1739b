use candle_core::{DType, Result, Tensor, D};
use candle_nn::{Linear, Module};

use crate::batch::Batch;
use crate::models::Model;
use crate::qwen3::Qwen3Model;

pub struct Qwen3Reranker {
    model: Qwen3Model,
    score: Linear,
}

impl Model for Qwen3Reranker {
    fn is_padded(&self) -> bool {
        false
    }

    fn embed(&self, batch: Batch) -> Result<Tensor> {
        self.model.last_token_states(batch)
    }

    fn predict(&self, batch: Batch) -> Result<Tensor> {
        let pooled = self.embed(batch)?;
        self.score.forward(&pooled)?.squeeze(D::Minus1)?.to_dtype(DType::F32)
    }
}
