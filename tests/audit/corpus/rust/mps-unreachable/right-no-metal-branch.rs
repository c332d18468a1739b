use candle_core::{utils, DType, Device, Result};

pub fn select_device() -> Result<Device> {
    if utils::cuda_is_available() {
        Device::new_cuda(0)
    } else {
        tracing::info!("no CUDA device, running on the CPU");
        Ok(Device::Cpu)
    }
}

pub fn dtype_for(device: &Device) -> DType {
    if device.is_cuda() { DType::F16 } else { DType::F32 }
}
