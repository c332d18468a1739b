"""The shipped claims about text-embeddings-inference, of a tree that meets them, of one that does not, and of none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.audit import Asked, observations, read_claims, shipped_rules
from harness.core.audit import Audited, Ruled, Ruling

CONFIRMED, REFUTED, NOT_VERIFIABLE = Ruling.CONFIRMED, Ruling.REFUTED, Ruling.NOT_VERIFIABLE
PROMPT = (
    "<|im_start|>system\\nJudge whether the Document meets the requirements based on the Query and the Instruct "
    'provided. Note that the answer can only be \\"yes\\" or \\"no\\".<|im_end|>\\n<|im_start|>user\\n'
    "<Instruct>: {task}\\n<Query>: {query}\\n<Document>: {text}<|im_end|>\\n<|im_start|>assistant\\n"
    "<think>\\n\\n</think>\\n\\n"
)
#: A checkout in which everything stands as it should.
RIGHT = {
    "backends/candle/src/head.rs": """
impl Head {
    pub fn load(tokenizer: &Tokenizer) -> Result<Self> {
        let yes = single_token(tokenizer, "yes")?;
        let no = single_token(tokenizer, "no")?;
        Ok(Self { yes, no })
    }

    pub fn predict(&self, logits: &Tensor) -> Result<f32> {
        Ok(logits.i(self.yes)? - logits.i(self.no)?)
    }
}
""",
    "core/src/prompt.rs": f"""
pub fn format_pair(task: &str, query: &str, text: &str) -> String {{
    format!("{PROMPT}")
}}
""",
    "router/src/http/server.rs": """
async fn rerank(infer: Extension<Infer>, Json(req): Json<RerankRequest>) -> Result<Json<Ranks>, Error> {
    let prompt = format_pair(&req.task, &req.query, &req.text);
    Ok(Json(infer.predict(prompt).await?))
}
""",
    "backends/python/server/models/qwen3_rerank.py": """
import torch

from server.models.model import Model


class Qwen3RerankModel(Model):
    def __init__(self, path, device, dtype):
        self.device = device
        self.config = load_config(path)
        self.model = load_model(path, dtype).to(device)

    def positive_index(self):
        for index, label in self.config.id2label.items():
            if label == "relevant":
                return index
        raise ValueError("the model has no label for what is relevant")

    def predict(self, batch):
        input_ids = batch.input_ids.pin_memory().to(self.device, non_blocking=True)
        with torch.autocast(device_type=self.device.type, dtype=torch.bfloat16):
            return self.model(input_ids)
""",
    "backends/python/server/models/__init__.py": """
from server.models.qwen3_rerank import Qwen3RerankModel

MODELS = {"qwen3": Qwen3RerankModel}
""",
}
#: A checkout with the faults that the statements are about.
WRONG = {
    "backends/candle/src/head.rs": """
const YES_TOKEN_ID: usize = 9454;
const NO_TOKEN_ID: usize = 2901;

pub fn predict(logits: &Tensor) -> Result<f32> {
    Ok(logits.i(YES_TOKEN_ID)? - logits.i(NO_TOKEN_ID)?)
}
""",
    "router/src/http/server.rs": """
async fn rerank(infer: Extension<Infer>, Json(req): Json<RerankRequest>) -> Result<Json<Ranks>, Error> {
    Ok(Json(infer.predict((req.query, req.text)).await?))
}
""",
    "backends/python/server/models/qwen3_rerank.py": """
import torch

from server.models.model import Model


class Qwen3RerankModel(Model):
    def __init__(self, path, device, dtype):
        self.device = device
        self.autocast_device = "cuda" if device.type == "cuda" else "cpu"
        self.model = load_model(path, dtype).to(device)

    def predict(self, batch):
        input_ids = torch.tensor(batch.input_ids).to(self.device, non_blocking=True)
        try:
            with torch.autocast(self.autocast_device, dtype=torch.bfloat16):
                scores = self.model(input_ids)
        except Exception:
            return [0.0] * len(batch)
        return torch.nan_to_num(scores, nan=0.0)
""",
}
#: Each statement by words of it, with what it is in each of the trees: right, wrong, empty.
EXPECTED = {
    "9454 and 2901 are the ids": (REFUTED, REFUTED, REFUTED),
    "detected from the tokenizer in the Candle backend": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "token ids are cached": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "formats query and document with the model's prompt": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "registers a Qwen3 rerank model": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "positive class is taken from id2label": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "failures in scoring are reported": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "autocast on MPS needs device type cpu": (REFUTED, REFUTED, REFUTED),
    "mixed precision is active on MPS": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "transfers to the device are asynchronous": (CONFIRMED, REFUTED, NOT_VERIFIABLE),
    "constant score 0.7310586 is caused by the answer ids alone": (REFUTED, REFUTED, REFUTED),
}
DECIDED_BY = {
    "detected from the tokenizer in the Candle backend": ("answer-ids-looked-up", "answer-ids-literal"),
    "token ids are cached": ("answer-ids-cached", "answer-ids-literal"),
    "formats query and document with the model's prompt": ("handler-with-prompt", "handler-without-prompt"),
    "registers a Qwen3 rerank model": ("qwen3-rerank-model-registered", "qwen3-rerank-model-unused"),
    "failures in scoring are reported": ("scoring-function", "exception-swallowed"),
    "mixed precision is active on MPS": ("autocast-of-the-tensor", "autocast-device"),
    "transfers to the device are asynchronous": ("transfers-asynchronous", "transfers-not-asynchronous"),
}


@pytest.fixture
def shipped(audited: Callable[..., Audited]) -> Callable[..., dict[str, Ruled]]:
    """What the shipped claims are in a tree, by the words of `EXPECTED`; experiments take long, and may be left out."""

    def decide(files: dict[str, str], facts: bool = True) -> dict[str, Ruled]:
        known = (*shipped_rules(), *observations())
        written = read_claims(Path("text-embeddings-inference"), known)
        claims = tuple(claim for claim in written if facts or claim.deciders[0].by != "fact")
        found = audited(files, [], asked=Asked(claims=claims, deciding=known))
        assert found.left == ()
        return {next(words for words in EXPECTED if words in told.statement): told for told in found.claims}

    return decide


@pytest.mark.parametrize(("column", "files"), [(0, RIGHT), (1, WRONG), (2, {"docs/conf.py": "x = 1\n"}), (2, {})])
def test_shipped_claims_are_decided_as_the_tree_is(
    column: int, files: dict[str, str], shipped: Callable[..., dict[str, Ruled]]
) -> None:
    told = shipped(files)
    assert {words: ruled.ruling for words, ruled in told.items()} == {w: r[column] for w, r in EXPECTED.items()}
    named = {words: by[column] for words, by in DECIDED_BY.items()} if column < 2 else {}
    assert {words: told[words].by for words in named} == {words: f"rule {by}" for words, by in named.items()}


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("backends/candle/src/head.rs", 'single_token(tokenizer, "yes")?', "9693", "detected from the tokenizer"),
        ("core/src/prompt.rs", "<think>\\n\\n</think>\\n\\n", "", "formats query and document"),
        ("router/src/http/server.rs", "format_pair(&req.task, &req.query, &req.text)", "req.text", "formats query and"),
        ("backends/python/server/models/__init__.py", "Qwen3RerankModel", "BertModel", "registers a Qwen3"),
        ("backends/python/server/models/qwen3_rerank.py", ".id2label", ".labels", "positive class"),
        ("backends/python/server/models/qwen3_rerank.py", "device_type=self.device.type", "'cuda'", "mixed precision"),
        ("backends/python/server/models/qwen3_rerank.py", ".pin_memory()", "", "transfers to the device"),
        ("backends/python/server/models/qwen3_rerank.py", ", non_blocking=True", "", "transfers to the device"),
        (
            "backends/python/server/models/qwen3_rerank.py", "            return self.model(input_ids)",
            "            return torch.nan_to_num(self.model(input_ids).scores, nan=0.0)", "failures in scoring",
        ),
    ],
)  # fmt: skip
def test_one_fault_refutes_the_statement_about_it_and_no_other(
    path: str, old: str, new: str, words: str, shipped: Callable[..., dict[str, Ruled]]
) -> None:
    assert old in RIGHT[path]
    told = shipped({**RIGHT, path: RIGHT[path].replace(old, new)}, facts=False)
    changed = [key for key, ruled in told.items() if ruled.ruling is not EXPECTED[key][0]]
    assert [words in key for key in changed] == [True], changed
    assert told[changed[0]].ruling is REFUTED
