use std::path::Path;

pub enum Template {
    Qwen3Rerank,
    None,
}

pub fn template_for(model_path: &Path) -> Template {
    let name = model_path.file_name().map(|n| n.to_string_lossy().to_string()).unwrap_or_default();
    if name.contains("Qwen3") && name.contains("seq-cls") {
        return Template::Qwen3Rerank;
    }
    Template::None
}
