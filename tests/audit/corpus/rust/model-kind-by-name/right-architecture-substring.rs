use serde::Deserialize;

#[derive(Deserialize)]
pub struct Config {
    pub architectures: Vec<String>,
    pub num_labels: Option<usize>,
}

pub enum Head {
    YesNoLogits,
    Score { num_labels: usize },
}

impl Config {
    pub fn head(&self) -> Option<Head> {
        let architecture = self.architectures.first()?;
        if architecture.contains("ForCausalLM") {
            Some(Head::YesNoLogits)
        } else if architecture.contains("ForSequenceClassification") {
            Some(Head::Score { num_labels: self.num_labels? })
        } else {
            None
        }
    }
}
