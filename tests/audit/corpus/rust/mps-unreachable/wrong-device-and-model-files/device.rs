use candle_core::Device;

pub fn get_device(ordinal: Option<usize>) -> candle_core::Result<Device> {
    match ordinal {
        None => Ok(Device::Cpu),
        Some(n) => Device::cuda_if_available(n),
    }
}
