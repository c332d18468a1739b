use anyhow::{bail, Result};

pub enum Head {
    Cls,
    YesNo,
    LastToken,
}

impl Head {
    pub fn from_repo(repo: &str) -> Result<Self> {
        let head = match repo {
            n if n.contains("bge-reranker") => Head::Cls,
            n if n.contains("Qwen3-Reranker") => Head::YesNo,
            n if n.starts_with("mixedbread-ai/mxbai-rerank") => Head::LastToken,
            other => bail!("no head known for {other}"),
        };
        Ok(head)
    }
}
