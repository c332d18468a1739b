use candle_core::{Result, Tensor};
use tokenizers::{PaddingDirection, PaddingParams, PaddingStrategy, Tokenizer};

pub fn configure(tokenizer: &mut Tokenizer, pad_id: u32, pad_token: &str) {
    tokenizer.with_padding(Some(PaddingParams {
        strategy: PaddingStrategy::BatchLongest,
        direction: PaddingDirection::Right,
        pad_id,
        pad_token: pad_token.to_string(),
        ..Default::default()
    }));
}

/// Last-token pooling.
pub fn pool(hidden_states: &Tensor) -> Result<Tensor> {
    let (_batch, seq_len, _hidden) = hidden_states.dims3()?;
    hidden_states.narrow(1, seq_len - 1, 1)?.squeeze(1)
}
