use anyhow::{bail, Result};

/// Positions of the affirmative and the negative answer in the output layer.
pub fn answer_token_pair(model_type: &str) -> Result<(u32, u32)> {
    let (yes_id, no_id) = match model_type {
        "qwen2" | "qwen3" => (9693, 2152),
        other => bail!("no answer tokens known for model type `{other}`"),
    };
    Ok((yes_id, no_id))
}
