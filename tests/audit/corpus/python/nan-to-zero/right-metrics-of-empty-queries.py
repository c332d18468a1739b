import numpy as np
import pandas as pd


def summarise(per_query: pd.DataFrame) -> dict[str, float]:
    """Means over the queries; those without judgements have no nDCG."""
    return {
        "ndcg@10": float(np.nanmean(per_query["ndcg@10"].to_numpy())),
        "judged": int(per_query["ndcg@10"].notna().sum()),
        "retries": int(per_query["retries"].fillna(0).sum()),
        "latency_ms": float(per_query["latency_ms"].median(skipna=True)),
    }
