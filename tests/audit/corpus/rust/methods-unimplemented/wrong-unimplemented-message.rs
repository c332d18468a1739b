use crate::traits::{RerankModel, ScoredDocument};

pub struct OnnxReranker {
    session: ort::session::Session,
}

impl RerankModel for OnnxReranker {
    fn max_length(&self) -> usize {
        8192
    }

    fn score_documents(&mut self, _query: &str, _documents: &[String]) -> anyhow::Result<Vec<ScoredDocument>> {
        unimplemented!("reranking with the ONNX backend")
    }
}
