use reranker::Reranker;

#[test]
fn test_rerank_scores() {
    let reranker = Reranker::load("Qwen/Qwen3-Reranker-0.6B").unwrap();
    let docs = vec![
        "Gravity is a force.".to_string(),
        "The capital of China is Beijing.".to_string(),
    ];
    let results = reranker.rerank("What is the capital of China?", &docs).unwrap();
    assert_eq!(results.len(), docs.len());
    assert_eq!(results[0].index, 1);
    assert!(results[0].score > 0.9);
    assert!(results[1].score < 0.1);
}
