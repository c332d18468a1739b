/// Prompt of BAAI/bge-reranker-v2-gemma.
const BGE_GEMMA_PROMPT: &str = "Given a query A and a passage B, determine whether the passage contains an answer \
                                to the query by providing a prediction of either 'Yes' or 'No'.";

pub fn bge_gemma_input(query: &str, passage: &str) -> String {
    format!("A: {query}\nB: {passage}\n{BGE_GEMMA_PROMPT}")
}

pub fn bge_gemma_inputs(query: &str, passages: &[String]) -> Vec<String> {
    passages.iter().map(|passage| bge_gemma_input(query, passage)).collect()
}
