mod common;

use anyhow::Result;
use backend_candle::CandleBackend;
use backend_core::{Backend, ModelType};
use common::{batch, download_artifacts, load_tokenizer, relative_matcher, SnapshotScores};

#[test]
#[serial_test::serial]
fn test_gte_rerank() -> Result<()> {
    let model_root = download_artifacts("Alibaba-NLP/gte-multilingual-reranker-base", None)?;
    let tokenizer = load_tokenizer(&model_root)?;
    let backend = CandleBackend::new(&model_root, "float32".to_string(), ModelType::Classifier)?;

    let input = batch(
        vec![tokenizer.encode(("What is Deep Learning?", "Deep Learning is..."), true).unwrap()],
        vec![0],
    );
    let predictions: Vec<Vec<f32>> = backend.predict(input)?.into_values().collect();
    insta::assert_yaml_snapshot!("gte_rerank_single", SnapshotScores::from(predictions), &relative_matcher());
    Ok(())
}
