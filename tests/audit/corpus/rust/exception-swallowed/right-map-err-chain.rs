use tokio::sync::oneshot;
use tonic::Status;

pub struct Pending {
    pub index: usize,
    pub reply: oneshot::Receiver<Result<f32, String>>,
}

pub async fn collect(pending: Vec<Pending>) -> Result<Vec<(usize, f32)>, Status> {
    let mut scores = Vec::with_capacity(pending.len());
    for Pending { index, reply } in pending {
        let score = reply
            .await
            .map_err(|_| Status::unavailable("worker stopped"))?
            .map_err(Status::internal)?;
        scores.push((index, score));
    }
    Ok(scores)
}
