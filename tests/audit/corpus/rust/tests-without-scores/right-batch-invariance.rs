use anyhow::Result;
use rstest::rstest;

use reranker::Engine;

#[rstest]
#[case(1)]
#[case(4)]
#[case(7)]
fn scores_do_not_depend_on_the_batch(#[case] batch_size: usize) -> Result<()> {
    let engine = Engine::load("tests/fixtures/tiny-qwen3")?;
    let prompts = (0..batch_size).map(|i| format!("planet {}", "x ".repeat(i + 1))).collect::<Vec<_>>();

    let together = engine.scores(&prompts)?;
    for (prompt, score) in prompts.iter().zip(&together) {
        let alone = engine.scores(std::slice::from_ref(prompt))?[0];
        assert!((alone - score).abs() < 5e-3, "{prompt:?}: {alone} alone, {score} in a batch of {batch_size}");
    }
    Ok(())
}
