use std::borrow::Cow;

pub fn shorten(prompt: &str, max_chars: usize) -> Cow<'_, str> {
    if prompt.chars().count() <= max_chars {
        Cow::Borrowed(prompt)
    } else {
        Cow::Owned(prompt.chars().take(max_chars).collect())
    }
}

pub fn prompts(instruction: &str, query: &str, docs: &[String], max_chars: usize) -> Vec<String> {
    docs.iter()
        .map(|doc| {
            let prompt = crate::prompt::render(instruction, query, doc);
            shorten(&prompt, max_chars).into_owned()
        })
        .collect()
}
