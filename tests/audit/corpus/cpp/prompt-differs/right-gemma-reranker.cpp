#include <string>

// BAAI/bge-reranker-v2-gemma
namespace bge_gemma {

static const std::string kTask =
    "Given a query A and a passage B, determine whether the passage contains an answer to the query by providing a "
    "prediction of either 'Yes' or 'No'.";

std::string input(const std::string & query, const std::string & passage) {
    return "A: " + query + "\nB: " + passage + "\n" + kTask;
}

} // namespace bge_gemma
