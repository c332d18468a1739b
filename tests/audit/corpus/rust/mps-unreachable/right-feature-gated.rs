use candle_core::{DType, Device, Result};

pub fn device() -> Result<Device> {
    if cfg!(feature = "cuda") {
        Device::new_cuda(0)
    } else if cfg!(feature = "metal") {
        Device::new_metal(0)
    } else {
        Ok(Device::Cpu)
    }
}

pub fn warm_up_tokens(max_batch_tokens: usize) -> Result<(Device, DType, usize)> {
    let device = device()?;
    if device.is_metal() {
        return Ok((device, DType::F16, max_batch_tokens.min(4096)));
    }
    Ok((device, DType::F32, max_batch_tokens))
}
