use std::collections::{BTreeSet, HashMap};

/// Texts that occur more than once are scored once; the result is spread again afterwards.
pub fn unique_texts(texts: &[String]) -> (Vec<&str>, Vec<usize>) {
    let distinct: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
    let unique: Vec<&str> = distinct.into_iter().collect();
    let position: HashMap<&str, usize> = unique.iter().enumerate().map(|(i, t)| (*t, i)).collect();
    let slots = texts.iter().map(|t| position[t.as_str()]).collect();
    (unique, slots)
}

pub fn spread(scores: &[f32], slots: &[usize]) -> Vec<f32> {
    slots.iter().map(|&slot| scores[slot]).collect()
}
