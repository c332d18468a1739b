use tch::{Device, Kind, Tensor};

use crate::model::CausalLm;

pub fn final_logits(lm: &CausalLm, mut batch: Vec<Vec<i64>>, device: Device) -> Tensor {
    let longest = batch.iter().map(|ids| ids.len()).max().expect("empty batch");
    let lengths: Vec<i64> = batch.iter().map(|ids| ids.len() as i64).collect();
    batch.iter_mut().for_each(|ids| ids.resize(longest, 0));

    let rows: Vec<Tensor> = batch.iter().map(|ids| Tensor::from_slice(ids)).collect();
    let input_ids = Tensor::stack(&rows, 0).to_device(device);
    let positions = Tensor::arange(longest as i64, (Kind::Int64, device));
    let mask = positions.unsqueeze(0).lt_tensor(&Tensor::from_slice(&lengths).to_device(device).unsqueeze(1));

    lm.logits(&input_ids, &mask).select(1, -1)
}
