#include <memory>
#include <string>

class PromptScorer {
  public:
    virtual ~PromptScorer() = default;
    virtual double score(const std::string & prompt) const = 0;
    virtual std::string name() const = 0;
};

class RemoteScorer : public PromptScorer {
  public:
    explicit RemoteScorer(std::string url) : url_(std::move(url)) {}

    double score(const std::string & prompt) { return post(url_, prompt); }
    std::string name() const override { return "remote"; }

  private:
    static double post(const std::string & url, const std::string & prompt);
    std::string url_;
};

std::shared_ptr<PromptScorer> connect(const std::string & url) {
    return std::make_shared<RemoteScorer>(url);
}
