use anyhow::{anyhow, Result};
use candle_core::{Device, IndexOp, Tensor};
use tokenizers::{PaddingParams, Tokenizer};

use crate::bert::BertModel;

pub struct BertPooler {
    pub tokenizer: Tokenizer,
    pub model: BertModel,
    pub device: Device,
}

impl BertPooler {
    pub fn pooled(&mut self, texts: Vec<String>) -> Result<Tensor> {
        self.tokenizer.with_padding(Some(PaddingParams::default()));
        let encodings = self.tokenizer.encode_batch(texts, true).map_err(|e| anyhow!(e))?;
        let width = encodings.first().map(|e| e.len()).unwrap_or(0);
        let ids: Vec<u32> = encodings.iter().flat_map(|e| e.get_ids().iter().copied()).collect();
        let mask: Vec<u32> = encodings.iter().flat_map(|e| e.get_attention_mask().iter().copied()).collect();
        let shape = (encodings.len(), width);
        let ids = Tensor::from_vec(ids, shape, &self.device)?;
        let mask = Tensor::from_vec(mask, shape, &self.device)?;
        Ok(self.model.forward(&ids, &mask)?.i((.., 0))?)
    }
}
