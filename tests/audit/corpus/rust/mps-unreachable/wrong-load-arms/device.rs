use candle_core::Device;

use crate::error::BackendError;

pub fn device() -> Result<Device, BackendError> {
    #[cfg(feature = "cuda")]
    {
        return Device::new_cuda(0).map_err(|e| BackendError::Start(e.to_string()));
    }
    #[cfg(not(feature = "cuda"))]
    Ok(Device::Cpu)
}
