use candle_core::{Result, Tensor, D};
use candle_nn::ops::softmax;

pub struct AnswerScore {
    pub yes_id: usize,
    pub no_id: usize,
}

impl AnswerScore {
    pub fn compute(&self, logits: &Tensor) -> Result<Vec<f32>> {
        let yes = logits.narrow(1, self.yes_id, 1)?;
        let no = logits.narrow(1, self.no_id, 1)?;
        let pair = Tensor::cat(&[&no, &yes], 1)?;
        softmax(&pair, D::Minus1)?.narrow(1, 1, 1)?.squeeze(1)?.to_vec1()
    }
}
