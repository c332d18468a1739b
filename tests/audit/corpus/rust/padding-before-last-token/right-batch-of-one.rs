use candle_core::{DType, Device, IndexOp, Result, Tensor};

use crate::model::Qwen3Model;

pub struct AnswerIndex {
    pub yes: usize,
    pub no: usize,
}

pub fn margins(model: &Qwen3Model, prompts: &[Vec<u32>], answer: &AnswerIndex, device: &Device) -> Result<Vec<f32>> {
    let mut margins = Vec::with_capacity(prompts.len());
    for ids in prompts {
        let input = Tensor::new(ids.as_slice(), device)?.unsqueeze(0)?;
        let logits = model.forward(&input)?.to_dtype(DType::F32)?;
        let row = logits.i((0, ids.len() - 1, ..))?;
        let yes = row.i(answer.yes)?.to_scalar::<f32>()?;
        let no = row.i(answer.no)?.to_scalar::<f32>()?;
        margins.push(yes - no);
    }
    Ok(margins)
}
