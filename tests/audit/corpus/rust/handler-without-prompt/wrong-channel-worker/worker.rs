use tokio::sync::mpsc;

use crate::api::Job;
use crate::qwen3::Qwen3ForCausalLM;

pub fn run(model: Qwen3ForCausalLM, mut jobs: mpsc::Receiver<Job>) {
    while let Some(job) = jobs.blocking_recv() {
        match job {
            Job::Rerank { query, texts, reply } => {
                let _ = reply.send(score_all(&model, &query, &texts));
            }
            Job::Shutdown => break,
        }
    }
}

fn score_all(model: &Qwen3ForCausalLM, query: &str, texts: &[String]) -> anyhow::Result<Vec<f32>> {
    texts.iter().map(|text| model.yes_margin(&[query, text].join("\n"))).collect()
}
