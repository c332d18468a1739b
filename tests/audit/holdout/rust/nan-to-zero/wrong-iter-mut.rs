use candle_core::{Result, Tensor};

pub fn scores_from_logits(yes: &Tensor, no: &Tensor) -> Result<Vec<f32>> {
    let diff = (yes - no)?;
    let mut scores = candle_nn::ops::sigmoid(&diff)?.to_vec1::<f32>()?;
    for s in scores.iter_mut() {
        if !s.is_finite() {
            *s = 0.0;
        }
    }
    Ok(scores)
}
