use candle_core::{Result, Tensor};

pub struct Batch {
    pub input_ids: Vec<u32>,
    pub cumulative_seq_lengths: Vec<u32>,
}

/// `hidden` is flat, [total_tokens, hidden_size]: flash attention needs no padding.
pub fn last_token_rows(hidden: &Tensor, batch: &Batch) -> Result<Tensor> {
    let last: Vec<u32> = batch.cumulative_seq_lengths.iter().skip(1).map(|end| end - 1).collect();
    let count = last.len();
    let index = Tensor::from_vec(last, count, hidden.device())?;
    hidden.index_select(&index, 0)
}
