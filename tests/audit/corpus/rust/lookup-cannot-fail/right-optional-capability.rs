use tokenizers::Tokenizer;

#[derive(Debug)]
pub enum Capability {
    Rerank { yes: u32, no: u32 },
    GenerateOnly,
}

/// A tokenizer without the answers can still generate; the rerank route is then not mounted.
pub fn capability(tokenizer: &Tokenizer) -> Capability {
    match (tokenizer.token_to_id("yes"), tokenizer.token_to_id("no")) {
        (Some(yes), Some(no)) => Capability::Rerank { yes, no },
        _ => Capability::GenerateOnly,
    }
}
