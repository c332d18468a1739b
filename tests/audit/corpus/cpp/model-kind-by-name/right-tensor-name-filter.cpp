#include <string>
#include <vector>

struct TensorInfo {
    std::string name;
    std::vector<int64_t> shape;
};

// Number of rows of the classification head, 0 when the checkpoint has none.
int64_t head_rows(const std::vector<TensorInfo> & tensors) {
    for (const auto & t : tensors) {
        if (t.name.find("score.weight") != std::string::npos || t.name.find("classifier.weight") != std::string::npos) {
            return t.shape.at(0);
        }
    }
    return 0;
}
