use crate::client::BackendClient;

pub struct RemoteScorer {
    client: BackendClient,
}

impl RemoteScorer {
    pub async fn score(&self, query: &str, document: &str) -> f32 {
        let score: f32 = self.client.predict(query, document).await.unwrap_or_default();
        score
    }
}
