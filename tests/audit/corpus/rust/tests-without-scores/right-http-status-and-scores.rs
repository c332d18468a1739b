use axum::body::{to_bytes, Body};
use axum::http::{Request, StatusCode};
use serde::Deserialize;
use serde_json::json;
use tower::ServiceExt;

use reranker::app;

#[derive(Deserialize, Debug)]
struct Rank {
    index: usize,
    score: f32,
}

#[tokio::test]
async fn rerank_route_ranks() {
    let body = json!({ "query": "Red Planet", "texts": ["Venus is hot.", "Mars is called the Red Planet."] });
    let request = Request::post("/rerank")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app().await.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);

    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let ranks: Vec<Rank> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(ranks.iter().map(|r| r.index).collect::<Vec<_>>(), vec![1, 0]);
    assert!(ranks[0].score - ranks[1].score > 0.5, "{ranks:?}");
}
