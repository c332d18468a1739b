POSITIVE = {"yes", "true", "1", "on"}
NEGATIVE = {"no", "false", "0", "off"}


def parse_flag(value: str) -> bool:
    word = value.strip().lower()
    if word in POSITIVE:
        return True
    if word in NEGATIVE:
        return False
    raise ValueError(f"{value!r}: expected one of {sorted(POSITIVE | NEGATIVE)}")


def answer_of(tokenizer, generated: list[int]) -> bool:
    return parse_flag(tokenizer.decode(generated, skip_special_tokens=True))
