use tch::{Kind, Tensor};

pub struct Scores(pub Vec<f32>);

impl From<&Tensor> for Scores {
    fn from(logits: &Tensor) -> Self {
        let scores = logits.view([-1, 1]).softmax(-1, Kind::Float).squeeze_dim(1);
        Scores(Vec::<f32>::try_from(scores).expect("scores are float"))
    }
}
