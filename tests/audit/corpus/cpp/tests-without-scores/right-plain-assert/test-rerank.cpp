#undef NDEBUG
#include <cassert>
#include <cmath>
#include <vector>

#include "reranker.h"

static void test_batch_equals_single(Reranker & r) {
    const std::vector<std::string> docs = { "hi", "it's a bear", "The giant panda is a bear species." };
    const auto together = r.score("what is panda?", docs);
    for (size_t i = 0; i < docs.size(); ++i) {
        const auto alone = r.score("what is panda?", { docs[i] });
        assert(std::fabs(alone[0] - together[i]) < 1e-4f);
    }
    assert(together[2] > together[1] && together[1] > together[0]);
}

int main(int argc, char ** argv) {
    Reranker r(argc > 1 ? argv[1] : "testdata/tiny.gguf");
    test_batch_equals_single(r);
    return 0;
}
