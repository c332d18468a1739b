use candle_core::{DType, Device, Result, Tensor};

/// Right padded batch for an encoder, averaged over the real tokens.
pub fn mean_pool(hidden: &Tensor, lengths: &[usize], device: &Device) -> Result<Tensor> {
    let (batch, width, _) = hidden.dims3()?;
    let mut mask = vec![0f32; batch * width];
    for (row, length) in lengths.iter().enumerate() {
        mask[row * width..row * width + length].fill(1.0);
    }
    let mask = Tensor::from_vec(mask, (batch, width, 1), device)?;
    let sum = hidden.to_dtype(DType::F32)?.broadcast_mul(&mask)?.sum(1)?;
    sum.broadcast_div(&mask.sum(1)?)
}
