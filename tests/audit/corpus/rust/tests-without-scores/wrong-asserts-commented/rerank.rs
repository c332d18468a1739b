mod common;

use common::{batch, load_backend, load_tokenizer};
use anyhow::Result;

#[test]
fn test_rerank_batch() -> Result<()> {
    let tokenizer = load_tokenizer("tests/tiny")?;
    let backend = load_backend("tests/tiny", "float32")?;
    let input = batch(vec![
        tokenizer.encode("What is Deep Learning?", true).unwrap(),
        tokenizer.encode("Deep Learning is...", true).unwrap(),
    ]);
    let predictions: Vec<Vec<f32>> = backend.predict(input)?.into_values().collect();
    let _ = predictions;
    // let snapshot = SnapshotScores::from(predictions);
    // insta::assert_yaml_snapshot!("rerank_batch", snapshot, &relative_matcher());
    // assert!(snapshot[0] > snapshot[1]);
    Ok(())
}
