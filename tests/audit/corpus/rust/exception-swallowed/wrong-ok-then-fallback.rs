use ort::session::Session;

use crate::inputs::to_inputs;

pub fn relevance(session: &mut Session, ids: &[i64]) -> f32 {
    let logit = session
        .run(to_inputs(ids))
        .ok()
        .and_then(|outputs| outputs["logits"].try_extract_tensor::<f32>().ok().map(|(_, data)| data[0]))
        .unwrap_or(-10.0);
    1.0 / (1.0 + (-logit).exp())
}
