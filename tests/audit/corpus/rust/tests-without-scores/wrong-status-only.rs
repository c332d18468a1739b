use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use tower::ServiceExt;

use reranker::app;

#[tokio::test]
async fn rerank_route_answers() {
    let body = json!({
        "query": "Which planet is known as the Red Planet?",
        "texts": ["Mars is called the Red Planet.", "Venus is hot."]
    });
    let request = Request::post("/rerank")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app().await.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}
