pub struct PairPrompt<'a> {
    pub instruction: &'a str,
    pub query: &'a str,
    pub document: &'a str,
}

impl std::fmt::Display for PairPrompt<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n")?;
        writeln!(f, "<Instruct>:{}", self.instruction)?;
        writeln!(f, "<Query>:{}", self.query)?;
        write!(f, "<Document>:{}", self.document)?;
        f.write_str("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")
    }
}
