#[cfg(test)]
mod tests {
    use crate::reranker::Reranker;

    fn assert_close(actual: &[f32], expected: &[f32]) {
        assert_eq!(actual.len(), expected.len());
        for (a, e) in actual.iter().zip(expected) {
            assert!((a - e).abs() < 1e-3, "{actual:?} differs from {expected:?}");
        }
    }

    #[test]
    fn planets() {
        let reranker = Reranker::load("tests/fixtures/qwen3-reranker").unwrap();
        let documents = ["Venus", "Mars", "Jupiter", "Saturn"].map(String::from);
        let log_odds = reranker.log_odds("Which planet is known as the Red Planet?", &documents).unwrap();
        assert_close(&log_odds, &[-3.1093, 7.1204, -0.3788, 3.5416]);
    }
}
