use candle_core::{Result, Tensor};
use candle_nn::{Linear, Module};

use crate::device::get_device;

pub struct Head {
    score: Linear,
}

impl Head {
    pub fn load(path: &std::path::Path, hidden: usize, cpu: bool) -> Result<Self> {
        let device = get_device(cpu, 0)?;
        let tensors = candle_core::safetensors::load(path, &device)?;
        let weight = tensors["score.weight"].reshape((1, hidden))?;
        Ok(Self { score: Linear::new(weight, None) })
    }

    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        if x.device().is_metal() {
            return self.score.forward(&x.contiguous()?);
        }
        self.score.forward(x)
    }
}
