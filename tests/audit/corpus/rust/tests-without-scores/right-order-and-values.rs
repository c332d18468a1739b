use anyhow::Result;
use candle_core::Device;

use qwen3_rerank::Qwen3Reranker;

#[test]
fn test_qwen3_rerank() -> Result<()> {
    let reranker = Qwen3Reranker::from_dir("models/qwen3-reranker-0.6b", &Device::Cpu)?;
    let documents = ["The capital of China is Beijing.", "Gravity attracts two bodies."];
    let scores = reranker.score("What is the capital of China?", &documents)?;
    assert_eq!(scores.len(), 2);
    assert!(scores[0] > scores[1], "{scores:?}");
    assert!(scores[0] > 0.9);
    assert!(scores[1] < 0.1);
    Ok(())
}
