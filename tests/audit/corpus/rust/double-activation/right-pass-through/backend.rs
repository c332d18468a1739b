use candle_core::{Result, Tensor, D};
use candle_nn::ops::softmax;

use crate::model::CausalModel;

pub struct YesNoBackend {
    pub model: CausalModel,
    pub no_yes: Tensor,
}

impl YesNoBackend {
    /// Probability of `yes` for each prompt.
    pub fn predict(&self, input_ids: &Tensor) -> Result<Vec<f32>> {
        let pair = self.model.next_token_logits(input_ids)?.index_select(&self.no_yes, D::Minus1)?;
        softmax(&pair, D::Minus1)?.narrow(1, 1, 1)?.flatten_all()?.to_vec1()
    }
}
