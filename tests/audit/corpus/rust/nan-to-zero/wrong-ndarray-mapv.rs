use ndarray::{Array1, Array2};

/// `logits` is [batch, vocabulary] at the answer position.
pub fn yes_scores(mut logits: Array2<f32>, yes: usize, no: usize) -> Array1<f32> {
    logits.mapv_inplace(|v| if v != v { 0f32 } else { v });
    let margin = &logits.column(yes) - &logits.column(no);
    margin.mapv(|m| 1.0 / (1.0 + (-m).exp()))
}
