use candle_core::{Result, Tensor};
use candle_nn::ops;

pub struct AnswerScore {
    pub yes_id: usize,
}

impl AnswerScore {
    pub fn compute(&self, logits: &Tensor) -> Result<Vec<f32>> {
        let yes = logits.narrow(1, self.yes_id, 1)?;
        ops::softmax(&yes, 1)?.squeeze(1)?.to_vec1()
    }
}
