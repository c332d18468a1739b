#pragma once

#include <string>

// <Instruct>/<Query>/<Document> layout of the reranker.
std::string format_rerank_prompt(const std::string & instruction, const std::string & query, const std::string & doc);
