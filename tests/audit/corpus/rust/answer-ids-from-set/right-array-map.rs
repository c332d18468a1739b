use tokenizers::Tokenizer;

pub struct TokenIds {
    pub yes: u32,
    pub no: u32,
}

impl TokenIds {
    pub fn new(tokenizer: &Tokenizer) -> Self {
        let [yes, no] = ["yes", "no"].map(|word| {
            tokenizer
                .token_to_id(word)
                .unwrap_or_else(|| panic!("the tokenizer has no single token for {word:?}"))
        });
        Self { yes, no }
    }
}
