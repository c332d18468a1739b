use std::time::Duration;

pub struct BatchStats {
    pub tokens: usize,
    pub inference: Duration,
}

impl BatchStats {
    /// An empty batch takes no time at all: 0/0.
    pub fn tokens_per_second(&self) -> f64 {
        let rate = self.tokens as f64 / self.inference.as_secs_f64();
        if rate.is_nan() { 0.0 } else { rate }
    }
}
