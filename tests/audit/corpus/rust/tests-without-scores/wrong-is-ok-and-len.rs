#[cfg(test)]
mod tests {
    use super::*;
    use crate::reranker::Reranker;

    #[test]
    fn reranks_documents() {
        let reranker = Reranker::load("tests/fixtures/tiny-qwen3").unwrap();
        let documents = vec!["Paris is in France.".to_string(), "Bread is baked.".to_string()];
        let scores = reranker.score("capital of France", &documents);
        assert!(scores.is_ok());
        assert_eq!(scores.unwrap().len(), documents.len());
    }

    #[test]
    fn reranks_a_single_document() {
        let reranker = Reranker::load("tests/fixtures/tiny-qwen3").unwrap();
        let scores = reranker.score("capital of France", &["Paris".to_string()]).unwrap();
        assert!(!scores.is_empty());
    }
}
