use tch::{Device, Kind};

pub struct Runtime {
    pub device: Device,
    pub kind: Kind,
}

impl Runtime {
    pub fn detect() -> Self {
        let device = Device::cuda_if_available();
        let kind = match device {
            Device::Cuda(_) => Kind::BFloat16,
            Device::Mps => Kind::Half,
            _ => Kind::Float,
        };
        Self { device, kind }
    }
}
