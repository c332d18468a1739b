#include "prompt_parts.h"

const char * const RERANK_PREFIX =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";

const char * const RERANK_SUFFIX =
    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
