#include <cstdio>
#include <string>
#include <vector>

#include "reranker.h"

int main(int argc, char ** argv) {
    Reranker reranker(argc > 1 ? argv[1] : "models/reranker.gguf");
    const std::string query = "what is panda?";
    const std::vector<std::string> docs = { "hi", "it's a bear", "The giant panda is a bear species endemic to China." };

    const std::vector<float> scores = reranker.score(query, docs);
    for (size_t i = 0; i < scores.size(); i++) {
        printf("rerank score %zu: %8.3f\n", i, scores[i]);
    }
    printf("%s: done\n", __func__);
    return 0;
}
