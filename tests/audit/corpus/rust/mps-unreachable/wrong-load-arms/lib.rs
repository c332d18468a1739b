use candle_core::{DType, Device};
use candle_nn::VarBuilder;

use crate::device::device;
use crate::error::BackendError;
use crate::models::{FlashQwen3, Model, Qwen3, Qwen3Config};

pub fn load(config: Qwen3Config, weights: Vec<u8>) -> Result<Box<dyn Model>, BackendError> {
    let device = device()?;
    let dtype = if device.is_cuda() { DType::F16 } else { DType::F32 };
    let vb = VarBuilder::from_buffered_safetensors(weights, dtype, &device)
        .map_err(|e| BackendError::Start(e.to_string()))?;
    match &device {
        Device::Cuda(_) => Ok(Box::new(FlashQwen3::load(vb, &config)?)),
        Device::Metal(_) => Ok(Box::new(Qwen3::load_contiguous(vb, &config)?)),
        Device::Cpu => Ok(Box::new(Qwen3::load(vb, &config)?)),
    }
}
