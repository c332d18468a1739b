//! Probabilities from which the next token is drawn, after a draft was turned down.

pub fn normalize_probs(probs: &mut [f32]) -> Result<(), Error> {
    let sum: f32 = probs.iter().filter(|prob| prob.is_finite()).sum();
    if sum <= 0.0 {
        return Err(Error::new("nothing is left to draw from in the speculative distribution"));
    }
    for prob in probs.iter_mut() {
        if prob.is_finite() {
            *prob /= sum;
        } else {
            *prob = 0.0;
        }
    }
    Ok(())
}
