use std::path::Path;

use anyhow::{anyhow, bail, Result};
use ort::session::Session;
use tokenizers::Tokenizer;

pub struct OnnxCausalScorer {
    session: Session,
    tokenizer: Tokenizer,
    yes_index: usize,
    no_index: usize,
}

impl OnnxCausalScorer {
    pub fn load(dir: &Path) -> Result<Self> {
        let session = Session::builder()?.with_intra_threads(4)?.commit_from_file(dir.join("model.onnx"))?;
        let tokenizer = Tokenizer::from_file(dir.join("tokenizer.json")).map_err(|e| anyhow!(e))?;
        let (Some(yes), Some(no)) = (tokenizer.token_to_id("yes"), tokenizer.token_to_id("no")) else {
            bail!("tokenizer in {} lacks the answer tokens", dir.display());
        };
        Ok(Self { session, tokenizer, yes_index: yes as usize, no_index: no as usize })
    }
}
