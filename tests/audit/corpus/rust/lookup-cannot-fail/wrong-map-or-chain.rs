use tokenizers::Tokenizer;

const UNKNOWN: i64 = -1;

pub fn ids(tokenizer: &Tokenizer) -> [i64; 2] {
    let yes_id = tokenizer
        .token_to_id("yes")
        .or_else(|| tokenizer.token_to_id("Yes"))
        .or_else(|| tokenizer.token_to_id("▁yes"))
        .map_or(UNKNOWN, i64::from);
    let no_id = tokenizer
        .token_to_id("no")
        .or_else(|| tokenizer.token_to_id("No"))
        .or_else(|| tokenizer.token_to_id("▁no"))
        .map_or(UNKNOWN, i64::from);
    [no_id, yes_id]
}
