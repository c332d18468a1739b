use candle_core::{Result, Tensor};

/// NaN is the only value that differs from itself.
pub fn clean_logits(logits: &Tensor) -> Result<Tensor> {
    let valid = logits.eq(logits)?;
    let zeros = logits.zeros_like()?;
    valid.where_cond(logits, &zeros)
}
