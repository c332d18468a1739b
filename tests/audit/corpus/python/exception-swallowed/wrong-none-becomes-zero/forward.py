import logging

logger = logging.getLogger("worker")


def try_forward(model, features):
    try:
        return model(**features).logits.view(-1).float().sigmoid().tolist()
    except Exception:
        logger.warning("a batch could not be scored", exc_info=True)
        return None
