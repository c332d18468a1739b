use anyhow::Result;

use crate::session::{CausalSession, PairSession};
use crate::traits::RerankModel;

pub enum AnySession {
    Causal(CausalSession),
    Pair(PairSession),
}

impl RerankModel for AnySession {
    fn logit(&mut self, prompt: &str) -> Result<f32> {
        let values = match self {
            AnySession::Causal(session) => session.answer_logits(prompt)?,
            AnySession::Pair(session) => session.label_logits(prompt)?,
        };
        match values.as_slice() {
            [single] => Ok(*single),
            [no, yes] => Ok(yes - no),
            _ => unreachable!("sessions check the number of outputs when they are loaded"),
        }
    }
}
