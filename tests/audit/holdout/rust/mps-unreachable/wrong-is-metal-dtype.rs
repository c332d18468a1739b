use candle_core::{DType, Device, Result};

pub fn select_device() -> Result<Device> {
    if candle_core::utils::cuda_is_available() {
        Device::new_cuda(0)
    } else {
        Ok(Device::Cpu)
    }
}

pub fn default_dtype() -> Result<DType> {
    let device = select_device()?;
    if device.is_cuda() {
        Ok(DType::BF16)
    } else if device.is_metal() {
        Ok(DType::F16)
    } else {
        Ok(DType::F32)
    }
}
