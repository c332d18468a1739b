#include <string>

// Qwen3-Embedding takes the instruction on the query side only; documents are embedded as they are.
struct embedding_prompts {
    std::string task = "Given a web search query, retrieve relevant passages that answer the query";

    std::string query(const std::string & text) const { return "Instruct: " + task + "\nQuery:" + text; }

    std::string document(const std::string & text) const { return text; }
};
