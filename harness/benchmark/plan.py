"""What scoring seven million pairs would take, on paper: tokens, operations, GPU hours, a worker's memory, the driver.

What others have published and what was measured with this program are constants below; all else is computed from
these. Nothing was timed on a card. `docs/scale.md` holds what `python -m harness.benchmark.plan` prints, with the
commands of what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from harness.scoring.placement import HUNDREDTHS, share_of_card
from harness.scoring.ray_crew import PLACED_WITHIN

#: Published: queries of MS MARCO (dev), the usual candidates of each, and the mean words of a query and of a passage
#: (Thakur et al. 2021, BEIR, table 1).
QUERIES, CANDIDATES, QUERY_WORDS, PASSAGE_WORDS = 6_980, 1_000, 5.96, 55.98
#: Assumed shares of a card's peak: the reference reached 84 % of the rate of matrix products at the shape of 0.6B on
#: the CPU (`reports/bench.md`), and a card is harder to keep busy.
REACHED = (0.5, 0.3)

# Measured with this program on one core of an AMD EPYC (AVX512), a pair: the commands are in docs/scale.md.
#: Seconds in which a worker makes a prompt and its tokens.
ENCODING = 0.22e-3
#: Seconds of the driver to read all pairs first, and then to read, hand out and write down while workers compute.
FIRST_READ, WHILE_SCORING = 8.2e-6, 9.6e-6
#: Seconds of `verify` for the areas score-distribution and ranking-quality (profile ci), all in one process.
DISTRIBUTION, RANKING = 38e-6, 177e-6
#: Bytes on disk of a line of PAIRS.jsonl, a score in Parquet, and what `verify` adds to its two files of lines.
LINE, SCORE, EVENTS, ANSWERS = 377, 12.6, 34, 76
#: Bytes of memory that `verify` holds, each pair having a document of its own.
HELD = 710
#: Bytes a second of SHA-256, by which every worker tells which model it has.
DIGESTED = 1.74e9
#: Seconds of the reference on two threads, 0.6B in float32: 90 tokens shared by 10 documents of 29 (reports/bench.md).
ON_CPU = 2.54

#: What is assumed of a card besides weights, as `harness.engine.openings` does: tokens of a pass, activations of a
#: token in widths of the MLP and hidden widths, bytes of CUDA itself, and of a number in bfloat16.
PASS, ACTIVATIONS, CUDA, WIDTH = 16_384, (3, 8), 2**30, 2
SCALES = ((86_400, "days"), (3_600, "h"), (60, "min"), (1, "s"))
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A query with its documents, in tokens: `prefix` are those that all of its prompts begin with."""

    documents: int
    prefix: int
    document: int

    @property
    def tokens(self) -> int:
        """Tokens that are computed, the prefix once."""
        return self.prefix + self.documents * self.document

    @property
    def looks(self) -> int:
        """Keys that all tokens together look at, masked ones included, as torch counts."""
        return self.prefix**2 + self.documents * self.document * (self.prefix + self.document)

    @property
    def apart(self) -> Unit:
        """One of its prompts by itself."""
        return Unit(1, 0, self.prefix + self.document)


@dataclass(frozen=True, slots=True)
class Shape:
    """A Qwen3 decoder as its configuration tells it."""

    name: str
    hidden: int
    inner: int
    layers: int
    heads: int
    key_heads: int
    head: int = 128
    vocabulary: int = 151_669
    tied: bool = True

    @property
    def matrices(self) -> int:
        """Numbers in the matrices of all layers: each token is multiplied with every one."""
        attention = 2 * self.hidden * self.head * (self.heads + self.key_heads)
        return self.layers * (attention + 3 * self.hidden * self.inner)

    @property
    def parameters(self) -> int:
        """All numbers: matrices, norms, embeddings, and the head where it is not the embeddings."""
        norms = self.layers * 2 * (self.hidden + self.head) + self.hidden
        return self.matrices + norms + (1 if self.tied else 2) * self.vocabulary * self.hidden

    def flops(self, unit: Unit) -> int:
        """Operations of a unit, multiplication and addition being two. The two answer rows are left out."""
        return 2 * self.matrices * unit.tokens + 4 * self.layers * self.heads * self.head * unit.looks

    @property
    def needs(self) -> tuple[int, int, int]:
        """Bytes of a card for one worker: weights, what is alive in a pass at most, CUDA itself."""
        alive = ACTIVATIONS[0] * self.inner + ACTIVATIONS[1] * self.hidden
        return WIDTH * self.parameters, WIDTH * PASS * alive, CUDA


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its peak in bfloat16 without sparsity, as its maker says."""

    name: str
    peak: float
    gib: int


#: config.json of Qwen/Qwen3-Reranker-0.6B, -4B and -8B.
SHAPES = (
    Shape("0.6B", 1_024, 3_072, 28, 16, 8),
    Shape("4B", 2_560, 9_728, 36, 32, 8),
    Shape("8B", 4_096, 12_288, 36, 32, 8, tied=False),
)
#: NVIDIA's datasheets. With sparsity these are twice as much, which no model here has.
CARDS = (Card("L4", 121e12, 24), Card("A100", 312e12, 80), Card("H100 SXM", 989e12, 80))


@cache
def planned() -> tuple[Unit, float, float]:
    """A query of MS MARCO with its candidates, and the tokens that Qwen3's tokenizer makes of an English word of a
    query and of a document, by the embedded collection. Counted, not timed: the same everywhere.
    """
    from fixtures.collections import load_judged
    from fixtures.models.qwen3 import qwen3_tokenizer
    from harness.reference.families import family

    judged, template, tokenizer = load_judged(), family("qwen3-reranker").template, qwen3_tokenizer()
    assert template is not None

    def count(text: str) -> int:
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    asked = [query for query, slices in judged.metadata.items() if slices["language"] == "en"]
    queries = [judged.queries[query] for query in asked]
    documents = [judged.documents[name] for name in sorted({name for query in asked for name in judged.qrels[query]})]
    body = template.body.format(instruction=template.instruction, query="a", document="a")
    frame = count(template.prefix) + count(body) - 2  # without the two letters, a token each
    asks, tells = (sum(count(f" {t}") for t in each) / len(" ".join(each).split()) for each in (queries, documents))
    prefix, own = frame + round(asks * QUERY_WORDS), round(tells * PASSAGE_WORDS) + count(template.suffix)
    return Unit(CANDIDATES, prefix, own), asks, tells


def tables() -> Iterator[tuple[str, str]]:
    """Each table with its name, as Markdown."""
    unit, *_ = planned()
    yield "tokens", _markdown("|tokens", _tokens())
    header = "model|parameters|in layers|weights|a unit, TFLOP|all, EFLOP|all unshared, EFLOP|unshared takes"
    yield "compute", _markdown(header, [_compute(shape, unit) for shape in SHAPES])
    header = "model|card|hours at 50 %|hours at 30 %|pairs/s at 50 %|a unit at 50 %|at 30 %|waits for tokens|can be fed"
    yield "hours", _markdown(header, [_hours(shape, card, unit) for shape in SHAPES for card in CARDS])
    header = "model|weights|activations|CUDA|a worker|of 24 GiB|workers|of 80 GiB|workers|slowest disk"
    yield "memory", _markdown(header, [_memory(shape) for shape in SHAPES])
    yield "driver", _markdown("|a pair|all pairs", _driver(unit))


def _tokens() -> Rows:
    unit, asks, tells = planned()
    shared, apart = QUERIES * unit.tokens, QUERIES * unit.documents * unit.apart.tokens
    return [
        ("a word of a query; of a passage", f"{asks:.2f}; {tells:.2f}"),
        ("prompt up to the passage, shared by a query's prompts", str(unit.prefix)),
        ("passage with the end of the prompt", str(unit.document)),
        (f"a unit of {unit.documents} passages, prefix once", str(unit.tokens)),
        (f"all {QUERIES} units, prefix once", f"{shared / 1e6:.0f} million"),
        ("all prompts by themselves", f"{apart / 1e6:.0f} million ({apart / shared:.2f} ×)"),
    ]


def _compute(shape: Shape, unit: Unit) -> Sequence[str]:
    shared, apart = shape.flops(unit), unit.documents * shape.flops(unit.apart)
    return (
        shape.name, f"{shape.parameters / 1e9:.2f} billion", f"{shape.matrices / 1e9:.2f} billion",
        f"{shape.needs[0] / 1e9:.1f} GB", f"{shared / 1e12:.0f}", f"{QUERIES * shared / 1e18:.2f}",
        f"{QUERIES * apart / 1e18:.2f}", f"{apart / shared:.2f} ×",
    )  # fmt: skip


def _hours(shape: Shape, card: Card, unit: Unit) -> Sequence[str]:
    taken = [shape.flops(unit) / (card.peak * reached) for reached in REACHED]
    encoding, rate = ENCODING * unit.documents, unit.documents / taken[0]
    return (
        shape.name, card.name, *(_short(QUERIES * each / 3_600) for each in taken), f"{rate:.0f}",
        *(f"{_short(each)} s" for each in taken), f"{encoding / (encoding + taken[0]):.0%}",
        f"{1 / (WHILE_SCORING * rate):.0f}",
    )  # fmt: skip


def _memory(shape: Shape) -> Sequence[str]:
    weights, whole = shape.needs[0], sum(shape.needs)
    shares = [share_of_card(whole, card.gib * 2**30) for card in CARDS[:2]]
    fit = [each for share in shares for each in (f"{share:g}", str(HUNDREDTHS // round(HUNDREDTHS * share)))]
    slowest = 2 * weights / (PLACED_WITHIN - weights / DIGESTED)
    return (
        shape.name,
        *(f"{part / 2**30:.1f} GiB" for part in (*shape.needs, whole)),
        *fit,
        f"{slowest / 1e6:.0f} MB/s",
    )


def _driver(unit: Unit) -> Rows:
    pairs = QUERIES * unit.documents
    on_cpu = ON_CPU * SHAPES[0].flops(unit) / SHAPES[0].flops(Unit(10, 90, 29))
    return [
        ("`score`: reading all pairs first", f"{FIRST_READ * 1e6:.1f} µs", _time(pairs * FIRST_READ)),
        ("`score`: reading, giving, writing", f"{WHILE_SCORING * 1e6:.1f} µs", _time(pairs * WHILE_SCORING)),
        ("tokens of the prompts, on workers", f"{ENCODING * 1e6:.0f} µs", _time(pairs * ENCODING)),
        ("PAIRS.jsonl", f"{LINE} bytes", f"{pairs * LINE / 1e9:.1f} GB"),
        ("scores in Parquet", f"{SCORE} bytes", f"{pairs * SCORE / 1e6:.0f} MB"),
        ("`verify`: events.jsonl", f"{EVENTS} bytes", f"{pairs * EVENTS / 1e6:.0f} MB"),
        ("`verify`: answers.jsonl", f"{ANSWERS} bytes", f"{pairs * ANSWERS / 1e6:.0f} MB"),
        ("`verify`: memory of its process", f"{HELD} bytes", f"{pairs * HELD / 1e9:.0f} GB"),
        ("`verify`: score-distribution", f"{DISTRIBUTION * 1e6:.0f} µs", _time(pairs * DISTRIBUTION)),
        ("`verify`: ranking-quality, profile ci", f"{RANKING * 1e6:.0f} µs", _time(pairs * RANKING)),
        ("`verify --model`: 0.6B on two threads", f"{1e3 * on_cpu / unit.documents:.0f} ms", _time(QUERIES * on_cpu)),
    ]


def _time(seconds: float) -> str:
    scale, name = next(each for each in SCALES if seconds >= 2 * each[0] or each[0] == 1)
    return f"{_short(seconds / scale)} {name}"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _markdown(header: str, rows: Rows) -> str:
    names = header.split("|")
    lines = [f"| {' | '.join(names)} |", f"|---|{'--:|' * (len(names) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def main() -> None:
    """Print all tables."""
    for name, table in tables():
        print(f"{name}\n\n{table}\n")


if __name__ == "__main__":
    main()
