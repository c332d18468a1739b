use anyhow::Result;
use candle_core::Device;

use qwen3_rerank::Qwen3Reranker;

#[test]
fn test_qwen3_rerank() -> Result<()> {
    let reranker = Qwen3Reranker::from_dir("models/qwen3-reranker-0.6b", &Device::Cpu)?;
    let documents = ["The capital of China is Beijing.", "Gravity attracts two bodies."];
    let scores = reranker.score("What is the capital of China?", &documents)?;
    for (document, score) in documents.iter().zip(&scores) {
        println!("{score:.4} {document}");
    }
    Ok(())
}
