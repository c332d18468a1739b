use candle_core::{bail, IndexOp, Result, Tensor, D};

pub fn relevance_scores(logits: &Tensor) -> Result<Vec<f32>> {
    let (_batch, num_labels) = logits.dims2()?;
    let scores = match num_labels {
        1 => candle_nn::ops::sigmoid(&logits.squeeze(1)?)?,
        2 => candle_nn::ops::softmax(logits, D::Minus1)?.i((.., 1))?,
        n => bail!("unexpected number of labels: {n}"),
    };
    scores.to_vec1::<f32>()
}
