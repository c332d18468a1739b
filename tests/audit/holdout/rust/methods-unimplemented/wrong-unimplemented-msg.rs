use text_embeddings_backend_core::{Backend, BackendError, Batch, Embeddings, Predictions};

pub struct MlxBackend {
    model: crate::mlx::Model,
}

impl Backend for MlxBackend {
    fn health(&self) -> Result<(), BackendError> {
        Ok(())
    }

    fn is_padded(&self) -> bool {
        true
    }

    fn embed(&self, batch: Batch) -> Result<Embeddings, BackendError> {
        self.model.embed(batch)
    }

    fn predict(&self, _batch: Batch) -> Result<Predictions, BackendError> {
        unimplemented!("predict is not implemented for the MLX backend")
    }
}
