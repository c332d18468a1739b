from harness.core.comparison import Comparison, Judgement, RunName, SampleChange

NAME = RunName("a", "2026-01-01T00:00:00Z", "pass", "reference", "tiny-causal", "cpu", "ci")


def comparison(*judgements: Judgement) -> Comparison:
    samples = tuple(
        SampleChange("latency", "Latency", "ms", 1.0, 1.0, 1.0, 0.9, 1.1, 1.0, 0.05, 20, judgement)
        for judgement in judgements
    )
    return Comparison(NAME, NAME, (), (), None, samples, (), (), 0.05)


def test_the_gravest_judgement_is_that_of_the_whole() -> None:
    found = comparison(Judgement.BETTER, Judgement.FLAKY, Judgement.WORSE, Judgement.UNCHANGED)
    assert found.judgement is Judgement.WORSE


def test_what_compared_nothing_is_undecided() -> None:
    assert comparison().judgement is Judgement.UNDECIDED
