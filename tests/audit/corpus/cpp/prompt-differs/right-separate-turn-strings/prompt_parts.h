#pragma once

extern const char * const RERANK_PREFIX;
extern const char * const RERANK_SUFFIX;

constexpr const char * RERANK_DEFAULT_TASK =
    "Given a web search query, retrieve relevant passages that answer the query";
