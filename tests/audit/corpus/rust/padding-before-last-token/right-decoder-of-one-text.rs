//! A decoder that writes one text, token by token; only what it hears is padded.

impl Decoder {
    fn decode(&mut self, sound: &Tensor) -> Result<Vec<u32>> {
        let features = self.model.encoder_forward(&pad_sound(sound)?)?;
        let mut tokens = vec![self.start];
        loop {
            let input = Tensor::new(tokens.as_slice(), sound.device())?.unsqueeze(0)?;
            let ys = self.model.decoder_forward(&input, &features)?;
            let (_, seq_len, _) = ys.dims3()?;
            let logits = self.model.final_linear(&ys.i((..1, seq_len - 1..))?)?.i(0)?.i(0)?;
            let next_token = best(&logits)?;
            tokens.push(next_token);
            if next_token == self.end {
                return Ok(tokens);
            }
        }
    }
}
