#include <torch/torch.h>

#include <algorithm>
#include <vector>

torch::Tensor assemble(const std::vector<int64_t> & prefix, const std::vector<int64_t> & body,
                       const std::vector<int64_t> & suffix, int64_t max_length) {
    std::vector<int64_t> ids(prefix);
    ids.insert(ids.end(), body.begin(), body.end());
    ids.insert(ids.end(), suffix.begin(), suffix.end());
    auto t = torch::tensor(ids, torch::kLong).unsqueeze(0);
    return t.narrow(1, 0, std::min<int64_t>(t.size(1), max_length));
}
