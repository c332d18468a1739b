use anyhow::{ensure, Result};
use ndarray::{Array2, Axis};

fn softmax_rows(logits: &Array2<f32>) -> Array2<f32> {
    let mut out = logits.clone();
    for mut row in out.axis_iter_mut(Axis(0)) {
        let max = row.fold(f32::MIN, |a, &b| a.max(b));
        row.mapv_inplace(|x| (x - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    out
}

/// The exported cross-encoder has one output per pair.
pub fn relevance(logits: Array2<f32>) -> Result<Vec<f32>> {
    ensure!(logits.ncols() == 1, "expected shape [batch, 1], got {:?}", logits.dim());
    Ok(softmax_rows(&logits).column(0).to_vec())
}
