mod common;

use common::{start_server, PORT};
use serde_json::{json, Value};

#[tokio::test]
#[serial_test::serial]
async fn test_rerank_http() -> anyhow::Result<()> {
    start_server("Qwen/Qwen3-Reranker-0.6B").await?;
    let ranks: Vec<Value> = reqwest::Client::new()
        .post(format!("http://127.0.0.1:{PORT}/rerank"))
        .json(&json!({"query": "deep learning", "texts": ["neural networks", "cheese"]}))
        .send()
        .await?
        .json()
        .await?;
    assert_eq!(ranks.len(), 2);
    for rank in &ranks {
        assert!(rank.get("index").is_some());
        assert!(rank.get("score").is_some());
    }
    Ok(())
}
