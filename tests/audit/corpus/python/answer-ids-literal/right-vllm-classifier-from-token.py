from vllm import LLM


def load_reranker(path: str, *, tensor_parallel_size: int = 1) -> LLM:
    return LLM(
        model=path,
        runner="pooling",
        max_model_len=10000,
        tensor_parallel_size=tensor_parallel_size,
        gpu_memory_utilization=0.85,
        enable_prefix_caching=True,
        hf_overrides={
            "architectures": ["Qwen3ForSequenceClassification"],
            "classifier_from_token": ["no", "yes"],
            "is_original_qwen3_reranker": True,
        },
    )
