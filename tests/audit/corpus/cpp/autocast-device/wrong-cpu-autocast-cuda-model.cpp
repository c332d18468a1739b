#include <ATen/autocast_mode.h>
#include <torch/torch.h>

template <typename Model>
std::vector<float> run_batches(Model & model, const std::vector<torch::Tensor> & batches) {
    const torch::Device gpu(torch::kCUDA, 0);
    model->to(gpu);
    model->eval();

    at::autocast::set_autocast_enabled(at::DeviceType::CPU, true);
    std::vector<float> out;
    for (const auto & ids : batches) {
        const auto logits = model->forward(ids.to(gpu)).flatten().to(torch::kCPU, torch::kFloat32);
        out.insert(out.end(), logits.data_ptr<float>(), logits.data_ptr<float>() + logits.numel());
    }
    at::autocast::set_autocast_enabled(at::DeviceType::CPU, false);
    return out;
}
