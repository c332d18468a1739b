use crate::engine::Engine;

pub struct RerankService {
    engine: Engine,
}

impl RerankService {
    pub async fn score_all(&self, prompts: &[String]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(prompts.len());
        for prompt in prompts {
            let score = self.engine.score(prompt).await.unwrap_or(0.0);
            scores.push(score);
        }
        scores
    }
}
