use tch::{utils::has_mps, Device, Kind};

pub struct Runtime {
    pub device: Device,
    pub kind: Kind,
}

impl Runtime {
    pub fn detect() -> Self {
        let device = if tch::Cuda::is_available() {
            Device::Cuda(0)
        } else if has_mps() {
            Device::Mps
        } else {
            Device::Cpu
        };
        let kind = match device {
            Device::Cuda(_) => Kind::BFloat16,
            Device::Mps => Kind::Half,
            _ => Kind::Float,
        };
        Self { device, kind }
    }
}
