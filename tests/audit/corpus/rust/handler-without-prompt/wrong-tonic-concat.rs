use tonic::{Request, Response, Status};

use crate::pb::{rerank_server::Rerank, Rank, RerankRequest, RerankResponse};
use crate::qwen3::YesNoModel;

pub struct RerankService {
    model: YesNoModel,
}

#[tonic::async_trait]
impl Rerank for RerankService {
    async fn rerank(&self, request: Request<RerankRequest>) -> Result<Response<RerankResponse>, Status> {
        let request = request.into_inner();
        let mut ranks = Vec::new();
        for (index, text) in request.texts.iter().enumerate() {
            let input = format!("{} {}", request.query, text);
            let score = self
                .model
                .yes_probability(&input)
                .await
                .map_err(|e| Status::internal(e.to_string()))?;
            ranks.push(Rank { index: index as u32, score });
        }
        ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(Response::new(RerankResponse { ranks }))
    }
}
