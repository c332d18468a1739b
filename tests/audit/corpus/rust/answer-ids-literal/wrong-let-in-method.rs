use candle_core::{DType, Result, Tensor, D};
use candle_nn::{ops::softmax, Linear, Module};

pub struct ListwiseHead {
    lm_head: Linear,
}

impl ListwiseHead {
    pub fn predict(&self, last_hidden: &Tensor) -> Result<Vec<f32>> {
        let logits = self.lm_head.forward(last_hidden)?.to_dtype(DType::F32)?;

        let true_id: u32 = 9454;
        let false_id: u32 = 2901;

        let ids = Tensor::new(&[false_id, true_id], logits.device())?;
        let picked = logits.index_select(&ids, 1)?;
        softmax(&picked, D::Minus1)?.narrow(1, 1, 1)?.flatten_all()?.to_vec1()
    }
}
