use std::fmt::Write;

const SYSTEM: &str = "Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".";

fn turn(out: &mut String, role: &str, content: &str) -> std::fmt::Result {
    write!(out, "<|im_start|>{role}\n{content}<|im_end|>\n")
}

pub fn prompt(instruction: &str, query: &str, doc: &str) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    turn(&mut out, "system", SYSTEM)?;
    turn(&mut out, "user", &format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"))?;
    out.push_str("<|im_start|>assistant\n<think>\n\n</think>\n\n");
    Ok(out)
}
