use candle_core::{DType, Result, Tensor};

pub fn attention_bias(mask: &Tensor, dtype: DType) -> Result<Tensor> {
    let zeros = Tensor::zeros(mask.shape(), DType::F32, mask.device())?;
    let blocked = Tensor::full(f32::MIN, mask.shape(), mask.device())?;
    let keep = mask.ne(0u32)?;
    keep.where_cond(&zeros, &blocked)?.to_dtype(dtype)?.unsqueeze(1)?.unsqueeze(1)
}
