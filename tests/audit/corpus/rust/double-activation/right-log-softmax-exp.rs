use candle_core::{DType, Result, Tensor, D};
use candle_nn::ops::log_softmax;

/// `pair` has the columns [no, yes].
fn log_probabilities(pair: &Tensor) -> Result<Tensor> {
    log_softmax(&pair.to_dtype(DType::F32)?, D::Minus1)
}

pub fn yes_probability(pair: &Tensor) -> Result<Vec<f32>> {
    log_probabilities(pair)?.narrow(D::Minus1, 1, 1)?.squeeze(D::Minus1)?.exp()?.to_vec1()
}
