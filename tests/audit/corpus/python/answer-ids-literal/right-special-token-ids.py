import torch

IM_END_ID = 151645
END_OF_TEXT_ID = 151643


def stop_ids(no_think: bool = True) -> list[int]:
    return [IM_END_ID] if no_think else [IM_END_ID, END_OF_TEXT_ID]


def count_real_tokens(input_ids: torch.Tensor) -> torch.Tensor:
    """The number of tokens in each row that are not padding."""
    return (input_ids != END_OF_TEXT_ID).sum(dim=-1)


def ends_turn(input_ids: torch.Tensor) -> bool:
    answers_no_more = input_ids.eq(IM_END_ID).any(dim=-1)
    return bool(answers_no_more.all())
