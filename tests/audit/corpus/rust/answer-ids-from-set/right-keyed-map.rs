use std::collections::HashMap;

use anyhow::{bail, Result};
use tokenizers::Tokenizer;

pub fn answer_map(tokenizer: &Tokenizer, words: &[&str]) -> Result<HashMap<String, u32>> {
    let mut map = HashMap::with_capacity(words.len());
    for word in words {
        let Some(id) = tokenizer.token_to_id(word) else {
            bail!("{word:?} is not a single token");
        };
        map.insert(word.to_string(), id);
    }
    Ok(map)
}

pub fn log_odds(map: &HashMap<String, u32>, row: &[f32]) -> f32 {
    row[map["yes"] as usize] - row[map["no"] as usize]
}
