use std::fmt::Write;

pub fn write_pair(out: &mut String, task: &str, query: &str, doc: &str) -> std::fmt::Result {
    out.push_str("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n");
    write!(out, "Instruct: {task}\nQuery: {query}\nDocument: {doc}")?;
    out.push_str("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
    Ok(())
}
