use reranker::Reranker;

#[test]
fn test_rerank() {
    let reranker = Reranker::load("Qwen/Qwen3-Reranker-0.6B").unwrap();
    let docs = vec![
        "The capital of China is Beijing.".to_string(),
        "Gravity is a force.".to_string(),
    ];
    let result = reranker.rerank("What is the capital of China?", &docs);
    assert!(result.is_ok());
    assert_eq!(result.unwrap().len(), docs.len());
}
