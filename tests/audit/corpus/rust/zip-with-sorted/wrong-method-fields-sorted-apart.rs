pub struct Outcome {
    texts: Vec<String>,
    scores: Vec<f32>,
}

impl Outcome {
    pub fn finish(&mut self) {
        self.scores.sort_by(|a, b| a.total_cmp(b));
        self.scores.reverse();
    }

    pub fn into_rows(mut self) -> Vec<(String, f32)> {
        self.finish();
        std::iter::zip(self.texts, self.scores).collect()
    }
}
