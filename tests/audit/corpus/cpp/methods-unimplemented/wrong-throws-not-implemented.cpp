#include <stdexcept>
#include <torch/script.h>

struct IModel {
    virtual ~IModel() = default;
    virtual torch::Tensor embed(const torch::Tensor & ids, const torch::Tensor & mask) = 0;
    virtual torch::Tensor score(const torch::Tensor & ids, const torch::Tensor & mask) = 0;
};

class Qwen3Model final : public IModel {
  public:
    explicit Qwen3Model(const std::string & file) : module_(torch::jit::load(file)) {}

    torch::Tensor embed(const torch::Tensor & ids, const torch::Tensor & mask) override {
        return module_.forward({ids, mask}).toTensor();
    }

    torch::Tensor score(const torch::Tensor &, const torch::Tensor &) override {
        throw std::logic_error("Qwen3Model::score is not implemented");
    }

  private:
    torch::jit::Module module_;
};

IModel * create_model(const std::string & file) {
    return new Qwen3Model(file);
}
