#include <sstream>
#include <string>

class RerankPrompt {
  public:
    explicit RerankPrompt(std::string instruction) : instruction_(std::move(instruction)) {}

    std::string operator()(const std::string & query, const std::string & document) const {
        std::ostringstream os;
        os << "<|im_start|>system\n"
           << "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
           << "Note that the answer can only be \"yes\" or \"no\"."
           << "<|im_end|>\n<|im_start|>user\n"
           << "<Instruct>: " << instruction_ << '\n'
           << "<Query>: " << query << '\n'
           << "<Document>: " << document
           << "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
        return os.str();
    }

  private:
    std::string instruction_;
};
