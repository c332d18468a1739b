use tch::{nn, nn::Module, Tensor};

#[derive(Debug)]
pub struct RelevanceHead {
    dense: nn::Linear,
    out_proj: nn::Linear,
}

impl Module for RelevanceHead {
    fn forward(&self, cls: &Tensor) -> Tensor {
        cls.apply(&self.dense).tanh().apply(&self.out_proj).squeeze_dim(-1).sigmoid()
    }
}

pub struct CrossEncoder {
    head: RelevanceHead,
}

impl CrossEncoder {
    pub fn scores(&self, hidden: &Tensor) -> Vec<f32> {
        let cls = hidden.select(1, 0);
        let out = self.head.forward(&cls).sigmoid();
        Vec::<f32>::try_from(out.to_device(tch::Device::Cpu)).expect("one score per pair")
    }
}
