use serde::Serialize;

#[derive(Serialize)]
pub struct Row {
    pub rank: usize,
    pub index: usize,
    pub text: String,
    pub score: f32,
}

pub fn table(texts: Vec<String>, scores: Vec<f32>) -> Vec<Row> {
    let mut hits: Vec<(usize, String, f32)> =
        texts.into_iter().zip(scores).enumerate().map(|(i, (text, score))| (i, text, score)).collect();
    hits.sort_by(|a, b| b.2.total_cmp(&a.2));
    hits.into_iter()
        .enumerate()
        .map(|(position, (index, text, score))| Row { rank: position + 1, index, text, score })
        .collect()
}
