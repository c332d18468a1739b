use candle_core::{Result, Tensor, D};
use candle_nn::ops::{sigmoid, softmax};

pub fn activate(logits: &Tensor, num_labels: usize) -> Result<Tensor> {
    if num_labels == 1 {
        sigmoid(logits)
    } else {
        softmax(logits, D::Minus1)
    }
}
