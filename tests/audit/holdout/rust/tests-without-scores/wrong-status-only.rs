use axum::http::StatusCode;
use serde_json::json;

mod common;

#[tokio::test]
async fn rerank_returns_ok() {
    let addr = common::spawn_server().await;
    let client = reqwest::Client::new();
    let response = client
        .post(format!("http://{addr}/rerank"))
        .json(&json!({
            "query": "What is Deep Learning?",
            "texts": ["Deep Learning is a subset of ML.", "Cheese is made of milk."]
        }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}
