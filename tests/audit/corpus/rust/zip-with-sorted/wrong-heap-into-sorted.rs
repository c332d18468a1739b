use std::collections::BinaryHeap;

use ordered_float::OrderedFloat;

pub fn top_documents<'a>(documents: &'a [String], scores: &[f32], top_n: usize) -> Vec<(&'a str, f32)> {
    let heap: BinaryHeap<OrderedFloat<f32>> = scores.iter().copied().map(OrderedFloat).collect();
    let best = heap.into_sorted_vec().into_iter().rev().take(top_n);
    documents.iter().map(String::as_str).zip(best.map(|s| s.into_inner())).collect()
}
