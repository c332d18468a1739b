use tch::{Device, Kind, Tensor};

pub fn compute_kind(device: Device) -> Kind {
    match device {
        Device::Cuda(_) => Kind::BFloat16,
        Device::Mps => Kind::Half,
        _ => Kind::Float,
    }
}

/// Scores are read on the host, wherever they were computed.
pub fn to_host(scores: &Tensor) -> Vec<f32> {
    let host = match scores.device() {
        Device::Cpu => scores.shallow_clone(),
        Device::Mps | Device::Cuda(_) | Device::Vulkan => scores.to_device(Device::Cpu),
    };
    Vec::<f32>::try_from(host.to_kind(Kind::Float)).expect("a flat vector of scores")
}
