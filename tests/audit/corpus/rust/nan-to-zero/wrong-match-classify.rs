use std::num::FpCategory;

pub struct Prediction {
    pub label: String,
    pub score: f32,
}

impl Prediction {
    pub fn new(label: String, score: f32) -> Self {
        let score = match score.classify() {
            FpCategory::Nan => 0.0,
            _ => score,
        };
        Self { label, score }
    }
}
