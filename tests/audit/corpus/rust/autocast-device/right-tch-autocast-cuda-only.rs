use tch::{CModule, Kind, TchError, Tensor};

/// libtorch's autocast switch concerns CUDA; on other devices the weights keep the dtype they were loaded in.
pub fn logits(module: &CModule, input_ids: &Tensor) -> Result<Tensor, TchError> {
    let on_cuda = input_ids.device().is_cuda();
    let output = tch::autocast(on_cuda, || module.forward_ts(&[input_ids]))?;
    Ok(output.to_kind(Kind::Float))
}
