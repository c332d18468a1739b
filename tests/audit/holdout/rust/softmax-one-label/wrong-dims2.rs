use candle_core::{D, Result, Tensor};

pub fn relevance_scores(logits: &Tensor) -> Result<Vec<f32>> {
    let (_batch, num_labels) = logits.dims2()?;
    assert_eq!(num_labels, 1);
    let probs = candle_nn::ops::softmax(logits, D::Minus1)?;
    probs.squeeze(1)?.to_vec1::<f32>()
}
