#include "onnx_model.h"

#include <cstdio>

int main(int argc, char ** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s MODEL TEXT\n", argv[0]);
        return 2;
    }
    OnnxModel model(argv[1]);
    const auto ids = model.tokenize(argv[2]);
    std::printf("%.6f\n", model.relevance(ids));
    model.reset();
    return 0;
}
