const MAX_DOCUMENT_CHARS: usize = 20_000;

fn clip(document: &str) -> String {
    document.chars().take(MAX_DOCUMENT_CHARS).collect()
}

pub fn prompts(instruction: &str, query: &str, documents: &[String]) -> Vec<String> {
    documents
        .iter()
        .map(|document| {
            let document = clip(document);
            format!("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")
        })
        .collect()
}
