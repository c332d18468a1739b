use tch::{Kind, Tensor};

pub fn document_scores(logits: &Tensor, yes_id: i64, no_id: i64) -> Vec<f32> {
    let yes = logits.select(1, yes_id);
    let no = logits.select(1, no_id);
    let scores = Tensor::stack(&[no, yes], 1).softmax(-1, Kind::Float).select(1, 1);
    Vec::<f32>::try_from(scores).expect("scores are float")
}
