use candle_core::{IndexOp, Result, Tensor};

const YES_TOKEN_ID: u32 = 9693;
const NO_TOKEN_ID: u32 = 2152;

/// `logits` holds the vocabulary row of the last position, one prompt at a time.
pub fn relevance(logits: &Tensor) -> Result<f32> {
    let row = logits.i((0, ..))?;
    let yes = row.i(YES_TOKEN_ID as usize)?.to_scalar::<f32>()?;
    let no = row.i(NO_TOKEN_ID as usize)?.to_scalar::<f32>()?;
    Ok(1.0 / (1.0 + (no - yes).exp()))
}
