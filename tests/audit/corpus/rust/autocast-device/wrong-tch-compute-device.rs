use tch::{Device, Kind, Tensor};

fn amp_device(device: Device) -> Device {
    match device {
        Device::Mps => Device::Cpu,
        other => other,
    }
}

pub struct MixedPrecision {
    pub device: Device,
}

impl MixedPrecision {
    fn kind(&self) -> Kind {
        if amp_device(self.device) == Device::Cpu { Kind::BFloat16 } else { Kind::Half }
    }

    pub fn cast(&self, x: &Tensor) -> Tensor {
        x.to_device(amp_device(self.device)).to_kind(self.kind())
    }
}
