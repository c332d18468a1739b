const PREFIX: &str = "<|im_start|>system\n\
    Judge whether the Document meets the requirements based on the Query and the Instruct \
    provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n\
    <|im_start|>user\n";
const SUFFIX: &str = "<|im_end|>\n\
    <|im_start|>assistant\n\
    <think>\n\n\
    </think>\n\n";

pub fn to_model_input(instruction: &str, pair: &(String, String)) -> String {
    let (query, doc) = pair;
    let mut input = PREFIX.to_owned();
    input += &format!("<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}");
    input += SUFFIX;
    input
}
