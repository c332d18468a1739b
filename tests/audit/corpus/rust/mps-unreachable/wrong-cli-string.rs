use anyhow::{bail, Result};
use candle_core::Device;

pub fn parse_device(name: &str) -> Result<Device> {
    match name.split_once(':') {
        Some(("cuda", ordinal)) => Ok(Device::new_cuda(ordinal.parse()?)?),
        None if name == "cuda" => Ok(Device::new_cuda(0)?),
        None if name == "cpu" => Ok(Device::Cpu),
        _ => bail!("unknown device `{name}`"),
    }
}

pub fn max_batch_requests(name: &str) -> Result<Option<usize>> {
    let device = parse_device(name)?;
    if device.is_metal() {
        return Ok(Some(8));
    }
    Ok(matches!(device, Device::Cpu).then_some(4))
}
