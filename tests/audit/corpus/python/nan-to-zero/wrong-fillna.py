import pandas as pd


def score_frame(scorer, frame: pd.DataFrame) -> pd.DataFrame:
    out = frame.copy()
    out["score"] = scorer(frame["prompt"].tolist())
    out["score"] = out["score"].fillna(0)
    return out.sort_values(["query_id", "score"], ascending=[True, False])
