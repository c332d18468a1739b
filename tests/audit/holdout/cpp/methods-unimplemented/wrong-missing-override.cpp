#include <string>
#include <vector>

class RerankModel {
public:
    virtual ~RerankModel() = default;
    virtual void load(const std::string& path) = 0;
    virtual std::vector<float> score(const std::vector<std::string>& prompts) = 0;
    virtual int max_length() const = 0;
};

class Qwen3RerankModel : public RerankModel {
public:
    void load(const std::string& path) override { path_ = path; }
    int max_length() const override { return 8192; }

private:
    std::string path_;
};
