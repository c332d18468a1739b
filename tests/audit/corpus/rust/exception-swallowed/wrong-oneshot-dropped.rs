use tokio::sync::oneshot;

pub struct Pending {
    pub index: usize,
    pub reply: oneshot::Receiver<Result<f32, String>>,
}

pub async fn collect(pending: Vec<Pending>) -> Vec<(usize, f32)> {
    let mut scores = Vec::with_capacity(pending.len());
    for Pending { index, reply } in pending {
        let score = match reply.await {
            Ok(Ok(score)) => score,
            Ok(Err(_)) | Err(_) => f32::NEG_INFINITY,
        };
        scores.push((index, score));
    }
    scores
}
