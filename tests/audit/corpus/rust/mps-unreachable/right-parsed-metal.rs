use std::str::FromStr;

use candle_core::Device;

pub struct DeviceArg(pub Device);

impl FromStr for DeviceArg {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let device = match name {
            "cpu" => Device::Cpu,
            "cuda" => Device::new_cuda(0)?,
            "metal" | "mps" => Device::new_metal(0)?,
            other => anyhow::bail!("unknown device `{other}`"),
        };
        Ok(DeviceArg(device))
    }
}

pub fn max_batch_requests(device: &Device) -> Option<usize> {
    match device {
        Device::Metal(_) => Some(8),
        Device::Cpu => Some(4),
        Device::Cuda(_) => None,
    }
}
