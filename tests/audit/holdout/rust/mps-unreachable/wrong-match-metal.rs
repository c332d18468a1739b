use candle_core::Device;

pub fn get_device(force_cpu: bool) -> anyhow::Result<Device> {
    if force_cpu {
        return Ok(Device::Cpu);
    }
    Ok(Device::cuda_if_available(0)?)
}

pub fn max_batch_size(device: &Device) -> usize {
    match device {
        Device::Cpu => 4,
        Device::Cuda(_) => 64,
        Device::Metal(_) => 16,
    }
}
