use anyhow::Result;
use regex::RegexBuilder;

pub enum Scoring {
    YesNoLogits,
    Classifier,
}

pub fn scoring_of(model_id: &str) -> Result<Scoring> {
    let pattern = RegexBuilder::new(r"qwen-?3.*rerank(er)?").case_insensitive(true).build()?;
    if pattern.is_match(model_id) {
        Ok(Scoring::YesNoLogits)
    } else {
        Ok(Scoring::Classifier)
    }
}
