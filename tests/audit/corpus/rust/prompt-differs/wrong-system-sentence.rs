pub static SYSTEM: &str = "Judge whether the Document is relevant to the Query based on the Instruct provided. \
                           The answer can only be \"yes\" or \"no\".";

pub fn prompt(instruction: &str, query: &str, doc: &str) -> String {
    let mut out = String::with_capacity(512 + doc.len());
    out.push_str("<|im_start|>system\n");
    out.push_str(SYSTEM);
    out.push_str("<|im_end|>\n<|im_start|>user\n");
    out.push_str(&format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"));
    out.push_str("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
    out
}
