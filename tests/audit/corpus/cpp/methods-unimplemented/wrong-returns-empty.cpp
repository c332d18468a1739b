#include <map>
#include <memory>
#include <string>
#include <vector>

class Backend {
  public:
    virtual ~Backend() = default;
    virtual bool healthy() const = 0;
    virtual std::vector<std::vector<float>> predict(const std::vector<std::vector<int64_t>> & batch) = 0;
};

class MetalBackend : public Backend {
  public:
    bool healthy() const override { return true; }

    std::vector<std::vector<float>> predict(const std::vector<std::vector<int64_t>> & /* batch */) override {
        return {};
    }
};

static std::map<std::string, std::unique_ptr<Backend>> registry() {
    std::map<std::string, std::unique_ptr<Backend>> r;
    r.emplace("metal", std::make_unique<MetalBackend>());
    return r;
}
