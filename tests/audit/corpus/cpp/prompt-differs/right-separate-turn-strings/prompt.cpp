#include "prompt_parts.h"

#include <string>

std::string build_prompt(const std::string & query, const std::string & doc, std::string task) {
    if (task.empty()) {
        task = RERANK_DEFAULT_TASK;
    }
    const std::string body = "<Instruct>: " + task + "\n<Query>: " + query + "\n<Document>: " + doc;
    return RERANK_PREFIX + body + RERANK_SUFFIX;
}
