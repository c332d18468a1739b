use tch::{Kind, TchError, Tensor};

pub fn answer_probabilities(logits: &Tensor, no_yes: &Tensor) -> Result<Tensor, TchError> {
    let pair = logits.index_select(1, no_yes).to_kind(Kind::Float);
    if bool::try_from(pair.isnan().any())? {
        return Err(TchError::Kind("logits contain NaN".to_string()));
    }
    Ok(pair.softmax(-1, Kind::Float).select(1, 1))
}
