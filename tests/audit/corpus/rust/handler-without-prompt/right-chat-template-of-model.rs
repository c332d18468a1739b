use anyhow::Context;
use axum::{extract::State, Json};
use minijinja::{context, Environment};

use crate::error::ApiError;
use crate::state::AppState;
use crate::types::{Rank, RerankRequest};

/// The reranker's own chat template, read from the model folder at start.
pub fn load_template(source: String) -> anyhow::Result<Environment<'static>> {
    let mut env = Environment::new();
    env.set_keep_trailing_newline(true);
    env.add_template_owned("rerank", source)?;
    Ok(env)
}

fn render(env: &Environment<'_>, req: &RerankRequest, document: &str) -> anyhow::Result<String> {
    let template = env.get_template("rerank").context("template `rerank` was not loaded")?;
    let rendered = template.render(context! {
        instruction => req.instruction,
        query => req.query,
        document => document,
    })?;
    Ok(rendered)
}

pub async fn rerank(State(state): State<AppState>, Json(req): Json<RerankRequest>) -> Result<Json<Vec<Rank>>, ApiError> {
    let mut ranks = Vec::with_capacity(req.documents.len());
    for (index, document) in req.documents.iter().enumerate() {
        let prompt = render(&state.templates, &req, document)?;
        ranks.push(Rank { index, score: state.engine.score(prompt).await? });
    }
    Ok(Json(ranks))
}
