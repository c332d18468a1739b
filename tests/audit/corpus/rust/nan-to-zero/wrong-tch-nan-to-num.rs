use tch::{Kind, Tensor};

pub struct AnswerHead {
    pub no_yes: Tensor,
}

impl AnswerHead {
    pub fn probabilities(&self, logits: &Tensor) -> Tensor {
        let pair = logits.index_select(1, &self.no_yes).to_kind(Kind::Float);
        let pair = pair.nan_to_num(0.0, 65504.0, -65504.0);
        pair.softmax(-1, Kind::Float).select(1, 1)
    }
}
