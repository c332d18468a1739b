use candle_core::{Result, Tensor, D};
use candle_nn::ops::{sigmoid, softmax};

pub fn pooled_attention(hidden: &Tensor, query: &Tensor, mask: &Tensor) -> Result<Tensor> {
    let energy = hidden.broadcast_mul(&query.unsqueeze(1)?)?.sum(D::Minus1)?;
    let weights = softmax(&energy.broadcast_add(mask)?, D::Minus1)?;
    hidden.broadcast_mul(&weights.unsqueeze(2)?)?.sum(1)
}

pub fn relevance(score: &Tensor) -> Result<Tensor> {
    sigmoid(score)?.unsqueeze(1)
}
