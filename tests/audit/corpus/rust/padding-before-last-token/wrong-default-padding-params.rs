use anyhow::{anyhow, Result};
use candle_core::{Device, Tensor};
use tokenizers::{PaddingParams, Tokenizer};

use crate::model::CausalModel;

pub struct LastTokenScorer {
    tokenizer: Tokenizer,
    model: CausalModel,
    device: Device,
}

impl LastTokenScorer {
    pub fn new(mut tokenizer: Tokenizer, model: CausalModel, device: Device) -> Self {
        tokenizer.with_padding(Some(PaddingParams::default()));
        Self { tokenizer, model, device }
    }

    pub fn next_token_logits(&self, prompts: Vec<String>) -> Result<Tensor> {
        let encodings = self.tokenizer.encode_batch(prompts, false).map_err(|e| anyhow!(e))?;
        let rows = encodings
            .iter()
            .map(|e| Tensor::new(e.get_ids(), &self.device))
            .collect::<candle_core::Result<Vec<_>>>()?;
        let hidden = self.model.hidden(&Tensor::stack(&rows, 0)?)?;
        let seq_len = hidden.dim(1)?;
        Ok(self.model.lm_head(&hidden.narrow(1, seq_len - 1, 1)?.squeeze(1)?)?)
    }
}
