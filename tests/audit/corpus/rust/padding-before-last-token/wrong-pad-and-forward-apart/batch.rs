use candle_core::{Device, Result, Tensor};

pub struct PaddedBatch {
    pub input_ids: Tensor,
    pub max_length: usize,
}

impl PaddedBatch {
    pub fn new(sequences: Vec<Vec<u32>>, pad_token_id: u32, device: &Device) -> Result<Self> {
        let max_length = sequences.iter().map(|s| s.len()).max().unwrap_or(1);
        let rows = sequences.len();
        let flat: Vec<u32> = sequences
            .into_iter()
            .flat_map(|ids| {
                let fill = max_length - ids.len();
                ids.into_iter().chain(std::iter::repeat(pad_token_id).take(fill))
            })
            .collect();
        Ok(Self { input_ids: Tensor::from_vec(flat, (rows, max_length), device)?, max_length })
    }
}
