use candle_core::{Result, Tensor};

use crate::batch::Batch;
use crate::models::Model;
use crate::qwen3::Qwen3Model;

pub struct Qwen3Reranker {
    model: Qwen3Model,
}

impl Model for Qwen3Reranker {
    fn is_padded(&self) -> bool {
        true
    }

    fn embed(&self, batch: Batch) -> Result<(Option<Tensor>, Option<Tensor>)> {
        self.model.forward(batch)
    }

    fn predict(&self, _batch: Batch) -> Result<Tensor> {
        todo!()
    }
}
