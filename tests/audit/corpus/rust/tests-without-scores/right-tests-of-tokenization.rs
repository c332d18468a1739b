#[cfg(test)]
mod tests {
    use crate::tokenization::{split_sentences, TextSplitter};

    #[test]
    fn splits_at_full_stops() {
        let sentences = split_sentences("One. Two. Three.");
        assert_eq!(sentences.len(), 3);
    }

    #[test]
    fn chunks_are_not_empty() {
        let splitter = TextSplitter::new(64);
        let chunks = splitter.split(&"word ".repeat(500));
        assert!(chunks.is_ok());
        assert!(chunks.unwrap().iter().all(|c| !c.is_empty()));
    }
}
