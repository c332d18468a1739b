use candle_core::{DType, Result, Tensor, D};
use candle_nn::ops::softmax;

use crate::model::Qwen3Causal;

pub trait Backend {
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>>;
}

pub struct CandleBackend {
    model: Qwen3Causal,
    no_yes: Tensor,
}

impl Backend for CandleBackend {
    fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let logits = self.model.next_token_logits(input_ids)?.to_dtype(DType::F32)?;
        let pair = logits.index_select(&self.no_yes, D::Minus1)?;
        let probs = softmax(&pair, D::Minus1)?;
        probs.narrow(D::Minus1, 1, 1)?.flatten_all()?.to_vec1()
    }
}
