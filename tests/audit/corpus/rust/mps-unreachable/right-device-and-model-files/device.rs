use candle_core::Device;

pub fn get_device(cpu: bool, ordinal: usize) -> candle_core::Result<Device> {
    if cpu {
        return Ok(Device::Cpu);
    }
    match Device::cuda_if_available(ordinal)? {
        Device::Cpu => Device::metal_if_available(ordinal),
        cuda => Ok(cuda),
    }
}
