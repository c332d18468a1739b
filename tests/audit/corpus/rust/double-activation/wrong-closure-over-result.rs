use anyhow::Result;
use ndarray::Array1;

use crate::causal::CausalLm;

pub struct YesNo {
    lm: CausalLm,
    yes: usize,
    no: usize,
}

impl YesNo {
    fn yes_probability(&self, ids: &[u32]) -> Result<f32> {
        let logits: Array1<f32> = self.lm.next_logits(ids)?;
        let (yes, no) = (logits[self.yes].exp(), logits[self.no].exp());
        Ok(yes / (yes + no))
    }

    pub fn score_batch(&self, batch: &[Vec<u32>]) -> Result<Vec<f32>> {
        let scores = batch.iter().map(|ids| self.yes_probability(ids)).collect::<Result<Vec<f32>>>()?;
        let normalise = |x: f32| 1.0 / (1.0 + (-x).exp());
        Ok(scores.into_iter().map(normalise).collect())
    }
}
