use std::sync::Arc;

use tonic::{Request, Response, Status};

use crate::pb::{self, rerank_server::Rerank};
use crate::engine::Engine;

pub trait PairFormatter: Send + Sync {
    fn format_pair(&self, query: &str, document: &str) -> String;
}

pub struct Qwen3Formatter {
    pub instruction: String,
}

impl PairFormatter for Qwen3Formatter {
    fn format_pair(&self, query: &str, document: &str) -> String {
        let instruction = &self.instruction;
        format!("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")
    }
}

pub struct RerankService {
    formatter: Arc<dyn PairFormatter>,
    engine: Engine,
}

#[tonic::async_trait]
impl Rerank for RerankService {
    async fn rerank(&self, request: Request<pb::RerankRequest>) -> Result<Response<pb::RerankResponse>, Status> {
        let request = request.into_inner();
        let prompts: Vec<String> =
            request.texts.iter().map(|text| self.formatter.format_pair(&request.query, text)).collect();
        let scores = self.engine.score(prompts).await.map_err(|e| Status::internal(e.to_string()))?;
        Ok(Response::new(pb::RerankResponse { scores }))
    }
}
