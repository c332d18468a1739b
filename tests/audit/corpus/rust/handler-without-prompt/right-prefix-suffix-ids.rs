use anyhow::{anyhow, Result};
use axum::{extract::State, Json};
use tokenizers::Tokenizer;

use crate::error::ApiError;
use crate::state::AppState;
use crate::types::{Rank, RerankRequest};

pub struct PromptIds {
    prefix: Vec<u32>,
    suffix: Vec<u32>,
}

impl PromptIds {
    pub fn new(tokenizer: &Tokenizer) -> Result<Self> {
        let ids = |text: &str| tokenizer.encode(text, false).map(|e| e.get_ids().to_vec()).map_err(|e| anyhow!(e));
        Ok(Self {
            prefix: ids("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n")?,
            suffix: ids("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")?,
        })
    }

    pub fn pair(&self, tokenizer: &Tokenizer, instruction: &str, query: &str, doc: &str) -> Result<Vec<u32>> {
        let body = format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}");
        let body = tokenizer.encode(body, false).map_err(|e| anyhow!(e))?;
        Ok([self.prefix.as_slice(), body.get_ids(), self.suffix.as_slice()].concat())
    }
}

pub async fn rerank(State(state): State<AppState>, Json(req): Json<RerankRequest>) -> Result<Json<Vec<Rank>>, ApiError> {
    let mut ranks = Vec::with_capacity(req.texts.len());
    for (index, text) in req.texts.iter().enumerate() {
        let ids = state.prompt_ids.pair(&state.tokenizer, &state.instruction, &req.query, text)?;
        ranks.push(Rank { index, score: state.engine.score_ids(ids).await? });
    }
    Ok(Json(ranks))
}
