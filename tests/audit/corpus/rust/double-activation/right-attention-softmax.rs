use candle_core::{Result, Tensor, D};
use candle_nn::{ops, Linear, Module};

pub struct Attention {
    qkv: Linear,
    scale: f64,
}

impl Attention {
    fn forward(&self, x: &Tensor, bias: &Tensor) -> Result<Tensor> {
        let parts = self.qkv.forward(x)?.chunk(3, D::Minus1)?;
        let weights = (parts[0].matmul(&parts[1].transpose(1, 2)?)? * self.scale)?.broadcast_add(bias)?;
        ops::softmax(&weights, D::Minus1)?.matmul(&parts[2])
    }
}

pub struct Classifier {
    attention: Attention,
    out: Linear,
}

impl Classifier {
    pub fn relevance(&self, x: &Tensor, bias: &Tensor) -> Result<Vec<f32>> {
        let cls = self.attention.forward(x, bias)?.narrow(1, 0, 1)?.squeeze(1)?;
        ops::sigmoid(&self.out.forward(&cls)?)?.squeeze(1)?.to_vec1()
    }
}
