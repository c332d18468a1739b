use tch::{CModule, Device, Kind, Tensor};

use crate::ffi::{AutocastGuard, DeviceType};

pub struct ScriptedReranker {
    module: CModule,
    device: Device,
}

impl ScriptedReranker {
    pub fn logits(&self, input_ids: &Tensor) -> anyhow::Result<Tensor> {
        let input_ids = input_ids.to_device(self.device);
        let device_type = if self.device.is_cuda() { DeviceType::Cuda } else { DeviceType::Cpu };
        let _guard = match self.device {
            Device::Mps | Device::Cuda(_) => Some(AutocastGuard::enter(device_type, Kind::Half)),
            _ => None,
        };
        Ok(self.module.forward_ts(&[input_ids])?)
    }
}
