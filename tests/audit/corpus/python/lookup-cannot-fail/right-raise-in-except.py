class TokenMissing(RuntimeError):
    pass


def answer_columns(tokenizer, words=("no", "yes")):
    vocab = tokenizer.get_vocab()
    try:
        return [vocab[word] for word in words]
    except KeyError as exc:
        raise TokenMissing(f"{exc.args[0]!r} is not a token of {tokenizer.name_or_path}") from exc


def two_way(logits, columns):
    no, yes = columns
    return logits[:, yes] - logits[:, no]
