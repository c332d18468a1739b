use half::f16;

pub fn to_scores(raw: &[f16]) -> Vec<f32> {
    raw.iter()
        .map(|v| v.to_f32())
        .map(|v| Some(v).filter(|s| s.is_finite()).unwrap_or(-1.0))
        .collect()
}
