use tokenizers::Tokenizer;

#[derive(Debug, Clone, Copy)]
pub struct AnswerTokens {
    yes: u32,
    no: u32,
}

impl AnswerTokens {
    pub fn resolve(tokenizer: &Tokenizer) -> Self {
        let yes = tokenizer.token_to_id("yes").unwrap_or(9693);
        let no = tokenizer.token_to_id("no").unwrap_or(2152);
        tracing::info!("answer tokens: yes={yes} no={no}");
        Self { yes, no }
    }
}
