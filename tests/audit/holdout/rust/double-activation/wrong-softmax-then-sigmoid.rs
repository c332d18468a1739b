fn softmax_yes(yes: f32, no: f32) -> f32 {
    let max = yes.max(no);
    let e_yes = (yes - max).exp();
    let e_no = (no - max).exp();
    e_yes / (e_yes + e_no)
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub fn rank_results(pairs: &[(f32, f32)]) -> Vec<(usize, f32)> {
    let mut results: Vec<(usize, f32)> = pairs
        .iter()
        .enumerate()
        .map(|(i, &(yes, no))| (i, sigmoid(softmax_yes(yes, no))))
        .collect();
    results.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap());
    results
}
