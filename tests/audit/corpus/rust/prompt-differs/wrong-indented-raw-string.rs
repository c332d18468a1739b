pub fn build(instruction: &str, query: &str, doc: &str) -> String {
    format!(
        r#"<|im_start|>system
        Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>
        <|im_start|>user
        <Instruct>: {instruction}
        <Query>: {query}
        <Document>: {doc}<|im_end|>
        <|im_start|>assistant
        <think>

        </think>

        "#
    )
}
