import os

HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "8080"))
WORKERS = int(os.environ.get("WORKERS", "1"))


def answer_words() -> tuple[str, str]:
    return os.environ["ANSWER_YES"], os.environ["ANSWER_NO"]


def answer_ids(tokenizer) -> tuple[int, int]:
    yes, no = (tokenizer.encode(word, add_special_tokens=False) for word in answer_words())
    if len(yes) != 1 or len(no) != 1:
        raise SystemExit(f"the answers must be one token each: {yes}, {no}")
    return yes[0], no[0]
