pub fn argsort_descending(scores: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    order
}

pub fn top_documents<'a>(documents: &'a [String], scores: &[f32], top_n: usize) -> Vec<(usize, &'a str, f32)> {
    argsort_descending(scores)
        .into_iter()
        .take(top_n)
        .map(|i| (i, documents[i].as_str(), scores[i]))
        .collect()
}
