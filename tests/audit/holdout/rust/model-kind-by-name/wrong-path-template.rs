use std::path::Path;

use crate::template::{BgeTemplate, PlainTemplate, PromptTemplate, Qwen3Template};

pub fn template_for(model_path: &Path) -> Box<dyn PromptTemplate> {
    let name = model_path.to_string_lossy();
    if name.contains("Qwen3-Reranker") {
        Box::new(Qwen3Template::default())
    } else if name.contains("bge-reranker-v2-gemma") {
        Box::new(BgeTemplate::default())
    } else {
        Box::new(PlainTemplate)
    }
}
