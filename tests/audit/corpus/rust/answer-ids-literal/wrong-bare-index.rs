use ndarray::{Array3, Axis};

pub fn probability(logits: &Array3<f32>) -> f32 {
    let row = logits.index_axis(Axis(0), 0);
    let last = row.index_axis(Axis(0), row.len_of(Axis(0)) - 1);

    let yes_logit = last[9693];
    let no_logit = last[2152];

    let top = yes_logit.max(no_logit);
    let a = (yes_logit - top).exp();
    let b = (no_logit - top).exp();
    a / (a + b)
}
