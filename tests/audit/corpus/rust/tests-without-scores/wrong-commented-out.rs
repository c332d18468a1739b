// mod common;
//
// use crate::common::{start_server, Score};
// use anyhow::Result;
// use serde_json::json;
//
// #[tokio::test]
// #[serial_test::serial]
// async fn test_rerank() -> Result<()> {
//     let model_id = "Qwen/Qwen3-Reranker-0.6B".to_string();
//     start_server(model_id, None, "float32".into()).await?;
//
//     let request = json!({
//         "query": "What is Deep Learning?",
//         "texts": ["Deep Learning is...", "cheese"]
//     });
//     let res = reqwest::Client::new().post("http://0.0.0.0:8090/rerank").json(&request).send().await?;
//     let ranks = res.json::<Vec<Score>>().await?;
//     assert_eq!(ranks[0].index, 0);
//     assert!(ranks[0].score > ranks[1].score);
//     Ok(())
// }
