#include <memory>
#include <torch/script.h>

struct Model {
    virtual ~Model() = default;
    virtual torch::Tensor forward(const torch::Tensor & ids) = 0;
    virtual torch::Tensor score(const torch::Tensor & ids) = 0;
};

// Shares the forward pass; what a score is, the subclasses say.
struct ScriptedModel : Model {
    explicit ScriptedModel(const std::string & file) : module(torch::jit::load(file)) {}
    torch::Tensor forward(const torch::Tensor & ids) override { return module.forward({ids}).toTensor(); }
    torch::jit::Module module;
};

struct SeqClsModel final : ScriptedModel {
    using ScriptedModel::ScriptedModel;
    torch::Tensor score(const torch::Tensor & ids) override { return forward(ids).squeeze(-1).sigmoid(); }
};

std::unique_ptr<Model> open_model(const std::string & file) {
    return std::make_unique<SeqClsModel>(file);
}
