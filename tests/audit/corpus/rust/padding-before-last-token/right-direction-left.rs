use anyhow::{Context, Result};
use candle_core::Tensor;
use tokenizers::{PaddingDirection, PaddingParams, PaddingStrategy, Tokenizer};

pub fn configure(tokenizer: &mut Tokenizer, pad_token: &str) -> Result<()> {
    let pad_id = tokenizer.token_to_id(pad_token).with_context(|| format!("no pad token {pad_token:?}"))?;
    tokenizer.with_padding(Some(PaddingParams {
        strategy: PaddingStrategy::BatchLongest,
        direction: PaddingDirection::Left,
        pad_id,
        pad_token: pad_token.to_string(),
        ..Default::default()
    }));
    Ok(())
}

/// Last-token pooling.
pub fn pool(hidden_states: &Tensor) -> Result<Tensor> {
    let (_batch, seq_len, _hidden) = hidden_states.dims3()?;
    Ok(hidden_states.narrow(1, seq_len - 1, 1)?.squeeze(1)?)
}
