#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

// Order in which the requests go into batches: longest first, so that each
// batch holds prompts of about the same length.
std::vector<size_t> batch_order(const std::vector<std::vector<int>> & prompts) {
    std::vector<size_t> order(prompts.size());
    std::iota(order.begin(), order.end(), size_t{ 0 });
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return prompts[a].size() > prompts[b].size();
    });
    return order;
}
