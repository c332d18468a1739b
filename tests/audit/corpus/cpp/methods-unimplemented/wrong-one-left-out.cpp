#include <memory>
#include <string>
#include <vector>

class RerankModel {
  public:
    virtual ~RerankModel() = default;
    virtual void load(const std::string & path) = 0;
    virtual std::vector<float> predict(const std::vector<std::string> & prompts) = 0;
    virtual size_t max_length() const = 0;
};

class FlashQwen3 : public RerankModel {
  public:
    void load(const std::string & path) override { path_ = path; }
    size_t max_length() const override { return 8192; }

  private:
    std::string path_;
};

std::unique_ptr<RerankModel> make_model(const std::string & path) {
    auto m = std::make_unique<FlashQwen3>();
    m->load(path);
    return m;
}
