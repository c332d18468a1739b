#include <string>

class Qwen3RerankTemplate {
  public:
    std::string apply(const std::string & query, const std::string & document) const {
        return std::string(kPrefix) + "<Instruct>: " + kInstruction + "\n<Query>: " + query + "\n<Document>: " + document + kSuffix;
    }

  private:
    static constexpr const char * kPrefix =
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
    static constexpr const char * kInstruction =
        "Given a web search query, retrieve relevant passages that answer the query";
    static constexpr const char * kSuffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n";
};
