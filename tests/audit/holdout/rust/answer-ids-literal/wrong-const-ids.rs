use candle_core::{IndexOp, Result, Tensor};

const YES_TOKEN_ID: usize = 9693;
const NO_TOKEN_ID: usize = 2152;

pub fn score_from_logits(logits: &Tensor) -> Result<Vec<f32>> {
    let yes = logits.i((.., YES_TOKEN_ID))?;
    let no = logits.i((.., NO_TOKEN_ID))?;
    let pair = Tensor::stack(&[&no, &yes], 1)?;
    let probs = candle_nn::ops::softmax(&pair, 1)?;
    probs.i((.., 1))?.to_vec1::<f32>()
}
