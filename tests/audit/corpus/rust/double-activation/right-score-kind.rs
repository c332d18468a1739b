use anyhow::Result;

pub enum Score {
    Logit(f32),
    Probability(f32),
}

pub trait Backend {
    fn score(&self, ids: &[u32]) -> Result<Score>;
}

pub struct Infer {
    backend: Box<dyn Backend + Send + Sync>,
}

impl Infer {
    /// Backends that already answer with a probability are passed through.
    pub fn probability(&self, ids: &[u32]) -> Result<f32> {
        Ok(match self.backend.score(ids)? {
            Score::Logit(x) => 1.0 / (1.0 + (-x).exp()),
            Score::Probability(p) => p,
        })
    }
}
