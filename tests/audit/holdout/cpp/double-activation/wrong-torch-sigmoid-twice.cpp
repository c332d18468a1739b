#include <torch/script.h>

#include <vector>

class CrossEncoder {
public:
    torch::Tensor predict(const torch::Tensor& input_ids, const torch::Tensor& mask) {
        torch::NoGradGuard no_grad;
        auto logits = module_.forward({input_ids, mask}).toTensor().squeeze(1);
        return torch::sigmoid(logits);
    }

    std::vector<float> score(const torch::Tensor& input_ids, const torch::Tensor& mask) {
        auto scores = torch::sigmoid(predict(input_ids, mask)).to(torch::kCPU).contiguous();
        return {scores.data_ptr<float>(), scores.data_ptr<float>() + scores.numel()};
    }

private:
    torch::jit::Module module_;
};
