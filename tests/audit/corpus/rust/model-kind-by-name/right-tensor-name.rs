use candle_core::Result;
use candle_nn::{linear_no_bias, Linear, VarBuilder};

pub enum OutputLayer {
    Score(Linear),
    LmHead(Linear),
}

impl OutputLayer {
    pub fn load(vb: VarBuilder, hidden: usize, vocab: usize) -> Result<Self> {
        if vb.contains_tensor("score.weight") {
            Ok(Self::Score(linear_no_bias(hidden, 1, vb.pp("score"))?))
        } else if vb.contains_tensor("lm_head.weight") {
            Ok(Self::LmHead(linear_no_bias(hidden, vocab, vb.pp("lm_head"))?))
        } else {
            Ok(Self::LmHead(linear_no_bias(hidden, vocab, vb.pp("model.embed_tokens"))?))
        }
    }
}
