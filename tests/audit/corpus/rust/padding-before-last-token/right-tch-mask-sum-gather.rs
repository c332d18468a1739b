use tch::{Kind, Tensor};

/// Hidden state of the last real token of each row; `mask` is 1 on tokens and 0 on padding at the right.
pub fn last_token_pool(hidden: &Tensor, mask: &Tensor) -> Tensor {
    let size = hidden.size()[2];
    let last = mask.sum_dim_intlist([1i64].as_slice(), false, Kind::Int64) - 1;
    let index = last.unsqueeze(-1).unsqueeze(-1).expand([-1, 1, size], false);
    hidden.gather(1, &index, false).squeeze_dim(1)
}
