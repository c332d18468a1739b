use candle_core::{Device, Result, Tensor};

static ANSWER_TOKENS: [u32; 2] = [2152, 9693];

pub struct AnswerRows {
    rows: Tensor,
}

impl AnswerRows {
    /// Keeps only the two rows of the output matrix that the score needs.
    pub fn cut(lm_head: &Tensor, device: &Device) -> Result<Self> {
        let index = Tensor::new(&ANSWER_TOKENS, device)?;
        Ok(Self { rows: lm_head.index_select(&index, 0)? })
    }

    pub fn logits(&self, hidden: &Tensor) -> Result<Tensor> {
        hidden.matmul(&self.rows.t()?)
    }
}
