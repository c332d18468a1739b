/// Template of the Qwen3 rerankers; the three fields are filled in by `fill`.
pub const QWEN3_RERANK: &str = r#"<|im_start|>system
Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>
<|im_start|>user
<Instruct>: {instruction}

<Query>: {query}

<Document>: {doc}<|im_end|>
<|im_start|>assistant
<think>

</think>

"#;

pub fn fill(instruction: &str, query: &str, doc: &str) -> String {
    QWEN3_RERANK.replace("{instruction}", instruction).replace("{query}", query).replace("{doc}", doc)
}
