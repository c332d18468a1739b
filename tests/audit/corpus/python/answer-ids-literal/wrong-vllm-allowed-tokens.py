import math

from vllm import LLM, SamplingParams

ANSWERS = (9693, 2152)


def sampling() -> SamplingParams:
    return SamplingParams(temperature=0, max_tokens=1, logprobs=20, allowed_token_ids=list(ANSWERS))


def scores(llm: LLM, prompts: list[str]) -> list[float]:
    yes, no = ANSWERS
    result = []
    for output in llm.generate(prompts, sampling(), use_tqdm=False):
        step = output.outputs[0].logprobs[-1]
        p_yes = math.exp(step[yes].logprob)
        p_no = math.exp(step[no].logprob)
        result.append(p_yes / (p_yes + p_no))
    return result
