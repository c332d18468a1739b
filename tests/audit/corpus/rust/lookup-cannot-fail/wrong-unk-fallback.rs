use tokenizers::Tokenizer;

/// Looks the two answers up, in the order (negative, positive).
pub fn classifier_tokens(tokenizer: &Tokenizer) -> (usize, usize) {
    let unk = tokenizer.token_to_id("<unk>").unwrap_or(0);
    let id = |answer: &str| tokenizer.token_to_id(answer).unwrap_or_else(|| unk) as usize;
    (id("no"), id("yes"))
}
