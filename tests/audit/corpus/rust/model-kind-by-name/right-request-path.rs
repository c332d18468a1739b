use axum::http::Uri;

pub fn metric_label(uri: &Uri) -> &'static str {
    let path = uri.path().to_lowercase();
    if path.contains("rerank") {
        "rerank"
    } else if path.starts_with("/embed") {
        "embed"
    } else {
        "other"
    }
}

pub fn is_retryable(message: &str) -> bool {
    let message = message.to_lowercase();
    message.contains("overloaded") || message.contains("out of memory")
}
