#include <stdexcept>
#include <string>
#include <vector>

class Backend {
public:
    virtual ~Backend() = default;
    virtual std::vector<float> embed(const std::string& text) = 0;
    virtual std::vector<float> predict(const std::vector<std::string>& prompts) = 0;
};

class MlxBackend : public Backend {
public:
    std::vector<float> embed(const std::string& text) override { return model_.embed(text); }

    std::vector<float> predict(const std::vector<std::string>& prompts) override {
        throw std::runtime_error("predict not implemented");
    }

private:
    MlxModel model_;
};
