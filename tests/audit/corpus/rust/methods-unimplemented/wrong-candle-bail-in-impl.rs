use candle_core::{Result, Tensor};

use crate::batch::Batch;
use crate::flash::FlashQwen3Model;
use crate::models::Model;

pub struct FlashQwen3Reranker {
    model: FlashQwen3Model,
    pooled: bool,
}

impl Model for FlashQwen3Reranker {
    fn is_padded(&self) -> bool {
        false
    }

    fn embed(&self, batch: Batch) -> Result<Tensor> {
        self.model.forward(batch, self.pooled)
    }

    fn predict(&self, _batch: Batch) -> Result<Tensor> {
        candle_core::bail!("`predict` is not implemented for FlashQwen3Reranker")
    }
}
