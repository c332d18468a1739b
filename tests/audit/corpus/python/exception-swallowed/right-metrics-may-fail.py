import logging
import time

import psutil

logger = logging.getLogger(__name__)


def resident_megabytes() -> float:
    try:
        return psutil.Process().memory_info().rss / 2**20
    except psutil.Error:
        return 0.0


def timed_scores(model, features) -> tuple[list[float], float]:
    started = time.perf_counter()
    scores = model(**features).logits.view(-1).float().sigmoid().tolist()
    elapsed = time.perf_counter() - started
    try:
        logger.info("scored %d in %.1f ms, %.0f MB", len(scores), 1e3 * elapsed, resident_megabytes())
    except OSError:
        pass
    return scores, elapsed
