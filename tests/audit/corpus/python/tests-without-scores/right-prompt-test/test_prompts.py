from mypackage.prompts import format_pair


def test_prompt_ends_with_empty_think_block():
    prompt = format_pair("capital of China", "Beijing is the capital of China.")
    assert prompt.endswith("<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")


def test_fields_are_on_their_own_lines():
    lines = format_pair("capital of China", "Beijing is the capital of China.").split("\n")
    assert "<Query>: capital of China" in lines
    assert any(line.startswith("<Document>: Beijing") for line in lines)
