use candle_core::{bail, Result, Tensor};

use crate::batch::Batch;

pub trait Model {
    fn is_padded(&self) -> bool;

    fn embed(&self, _batch: Batch) -> Result<(Option<Tensor>, Option<Tensor>)> {
        bail!("`embed` is not implemented for this model");
    }

    fn predict(&self, _batch: Batch) -> Result<Tensor> {
        bail!("`predict` is not implemented for this model");
    }
}

pub struct ScoreModel {
    weight: Tensor,
}

impl Model for ScoreModel {
    fn is_padded(&self) -> bool {
        true
    }

    fn predict(&self, batch: Batch) -> Result<Tensor> {
        batch.pooled.matmul(&self.weight.t()?)
    }
}
