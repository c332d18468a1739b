use std::path::Path;

use anyhow::{anyhow, Result};
use tokenizers::{Encoding, Tokenizer};

use backend::{Batch, CandleBackend};

pub fn load_tokenizer(root: &str) -> Result<Tokenizer> {
    Tokenizer::from_file(Path::new(root).join("tokenizer.json")).map_err(|e| anyhow!(e))
}

pub fn load_backend(root: &str, dtype: &str) -> Result<CandleBackend> {
    CandleBackend::new(Path::new(root), dtype.to_string())
}

pub fn batch(encodings: Vec<Encoding>) -> Batch {
    encodings.into_iter().map(|e| e.get_ids().to_vec()).collect()
}
