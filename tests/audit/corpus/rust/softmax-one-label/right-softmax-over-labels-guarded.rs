use anyhow::{ensure, Result};
use ndarray::{Array2, Axis};

pub fn class_probabilities(logits: &Array2<f32>) -> Result<Array2<f32>> {
    ensure!(logits.ncols() > 1, "softmax needs at least two labels");
    let mut out = logits.clone();
    for mut row in out.axis_iter_mut(Axis(0)) {
        let max = row.fold(f32::MIN, |a, &b| a.max(b));
        row.mapv_inplace(|x| (x - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    Ok(out)
}
