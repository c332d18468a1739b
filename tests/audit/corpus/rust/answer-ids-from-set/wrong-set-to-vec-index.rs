use std::collections::HashSet;

use tokenizers::Tokenizer;

const ANSWERS: [&str; 2] = ["yes", "no"];

pub struct CausalHead {
    true_id: u32,
    false_id: u32,
}

impl CausalHead {
    pub fn new(tokenizer: &Tokenizer) -> Self {
        let unique = ANSWERS
            .into_iter()
            .map(|a| tokenizer.token_to_id(a).expect("answer token missing from the vocabulary"))
            .collect::<HashSet<_>>();
        let ids = unique.into_iter().collect::<Vec<u32>>();
        CausalHead { true_id: ids[0], false_id: ids[1] }
    }

    pub fn margin(&self, row: &[f32]) -> f32 {
        row[self.true_id as usize] - row[self.false_id as usize]
    }
}
