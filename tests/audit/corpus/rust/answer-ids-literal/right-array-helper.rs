use std::collections::HashMap;

use anyhow::{Context, Result};

pub struct Labels<'a> {
    pub positive: &'a str,
    pub negative: &'a str,
}

pub const QWEN3_LABELS: Labels<'static> = Labels { positive: "yes", negative: "no" };

pub fn columns(vocab: &HashMap<String, u32>, labels: &Labels<'_>) -> Result<[u32; 2]> {
    let find = |text: &str| {
        vocab
            .get(text)
            .copied()
            .with_context(|| format!("answer {text:?} is not a single token of this vocabulary"))
    };
    Ok([find(labels.positive)?, find(labels.negative)?])
}
