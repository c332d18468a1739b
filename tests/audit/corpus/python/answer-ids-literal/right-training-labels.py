from datasets import Dataset

LABEL_IDS = {"no": 0, "yes": 1}
YES, NO = 1, 0
TRAIN_ROWS = 9693


def to_label(row: dict) -> dict:
    answer = row["answer"].strip().lower()
    if answer not in LABEL_IDS:
        raise ValueError(f"row {row['id']}: unknown answer {answer!r}")
    return {"label": LABEL_IDS[answer]}


def prepare(dataset: Dataset, seed: int = 2152) -> Dataset:
    labelled = dataset.map(to_label).shuffle(seed=seed)
    return labelled.select(range(min(TRAIN_ROWS, len(labelled))))
