use std::sync::Arc;

use tokenizers::Tokenizer;

pub struct AnswerTokens {
    pub yes: u32,
    pub no: u32,
}

pub fn resolve(tokenizer: &Arc<Tokenizer>) -> AnswerTokens {
    AnswerTokens {
        yes: tokenizer.token_to_id("yes").expect("tokenizer has no `yes` token"),
        no: tokenizer.token_to_id("no").expect("tokenizer has no `no` token"),
    }
}
