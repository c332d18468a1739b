use candle_core::{utils, DType, Device, Result};

pub fn select_device() -> Result<Device> {
    if utils::cuda_is_available() {
        Device::new_cuda(0)
    } else {
        Ok(Device::Cpu)
    }
}

pub fn load_dtype() -> Result<(Device, DType)> {
    let device = select_device()?;
    let dtype = match &device {
        Device::Cuda(_) => DType::BF16,
        Device::Metal(_) => DType::F16,
        Device::Cpu => DType::F32,
    };
    Ok((device, dtype))
}
