/// Qwen3-Embedding puts the task before the query only; documents are embedded as they are.
pub fn detailed_instruct(task_description: &str, query: &str) -> String {
    format!("Instruct: {task_description}\nQuery:{query}")
}

pub fn embedding_inputs(queries: &[String], documents: &[String]) -> Vec<String> {
    let task = "Given a web search query, retrieve relevant passages that answer the query";
    queries
        .iter()
        .map(|query| detailed_instruct(task, query))
        .chain(documents.iter().cloned())
        .collect()
}
