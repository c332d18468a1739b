def deduplicate(texts: list[str]) -> tuple[list[str], list[int]]:
    """The distinct texts in a fixed order, and for each text its place among them."""
    distinct = sorted(set(texts))
    place = {text: i for i, text in enumerate(distinct)}
    return distinct, [place[text] for text in texts]


class CachedScorer:
    def __init__(self, scorer, token_ids: dict[str, int]) -> None:
        self.scorer = scorer
        self.yes, self.no = token_ids["yes"], token_ids["no"]

    def log_odds(self, prompts: list[str]) -> list[float]:
        distinct, places = deduplicate(prompts)
        rows = self.scorer.last_logits(distinct)
        odds = [float(row[self.yes] - row[self.no]) for row in rows]
        return [odds[i] for i in places]
