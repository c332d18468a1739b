import numpy as np


class OnnxDecoder:
    def __init__(self, session, tokenizer, yes_id, no_id):
        self.session, self.tokenizer = session, tokenizer
        self.tokenizer.enable_padding(direction="right", pad_id=tokenizer.token_to_id("<|endoftext|>"))
        self.yes_id, self.no_id = yes_id, no_id

    def odds(self, prompts):
        encodings = self.tokenizer.encode_batch(prompts)
        ids = np.asarray([e.ids for e in encodings], dtype=np.int64)
        mask = np.asarray([e.attention_mask for e in encodings], dtype=np.int64)
        (logits,) = self.session.run(["logits"], {"input_ids": ids, "attention_mask": mask})
        answer = logits[:, -1]
        return answer[:, self.yes_id] - answer[:, self.no_id]
