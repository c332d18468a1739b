use candle_core::{Result, Tensor};
use candle_nn::{Linear, Module};

use crate::decoder::Decoder;

pub trait CrossEncoder {
    fn hidden(&self, input_ids: &Tensor) -> Result<Tensor>;
    fn relevance(&self, input_ids: &Tensor) -> Result<Vec<f32>>;
}

pub struct Qwen3SeqCls {
    decoder: Decoder,
    norm: Linear,
}

impl CrossEncoder for Qwen3SeqCls {
    fn hidden(&self, input_ids: &Tensor) -> Result<Tensor> {
        self.norm.forward(&self.decoder.forward(input_ids)?)
    }

    fn relevance(&self, _input_ids: &Tensor) -> Result<Vec<f32>> {
        panic!("not implemented")
    }
}
