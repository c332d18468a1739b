use candle_core::{DType, Result, Tensor};

use crate::model::Qwen3Causal;

pub trait Backend {
    /// One log-odds value per prompt.
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>>;
}

pub struct CandleBackend {
    model: Qwen3Causal,
    yes_id: usize,
    no_id: usize,
}

impl Backend for CandleBackend {
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let logits = self.model.next_token_logits(input_ids)?.to_dtype(DType::F32)?;
        let yes = logits.narrow(1, self.yes_id, 1)?;
        let no = logits.narrow(1, self.no_id, 1)?;
        (yes - no)?.squeeze(1)?.to_vec1()
    }
}
