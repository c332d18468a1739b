use std::path::{Path, PathBuf};

use anyhow::{ensure, Result};
use hf_hub::api::tokio::ApiBuilder;

/// Weights come from the folder if there is one, else from the hub.
pub async fn model_root(model_id: &str, revision: Option<String>) -> Result<PathBuf> {
    if Path::new(model_id).is_dir() {
        return Ok(PathBuf::from(model_id));
    }
    ensure!(model_id.contains('/'), "`{model_id}` is neither a folder nor owner/name");
    let revision = revision.unwrap_or_else(|| "main".to_string());
    let repo = hf_hub::Repo::with_revision(model_id.to_string(), hf_hub::RepoType::Model, revision);
    let config = ApiBuilder::new().with_progress(false).build()?.repo(repo).get("config.json").await?;
    Ok(config.parent().expect("a file has a parent").to_path_buf())
}
