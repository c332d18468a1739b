#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

class Tokenizer {
  public:
    virtual ~Tokenizer() = default;
    virtual std::vector<int> encode(const std::string & text) const = 0;
    virtual std::string decode(const std::vector<int> & ids) const = 0;

    virtual int eos() const { throw std::runtime_error("this tokenizer has no end token"); }
};

class ByteTokenizer : public Tokenizer {
  public:
    std::vector<int> encode(const std::string & text) const override {
        std::vector<int> ids;
        for (unsigned char c : text) {
            ids.push_back(c);
        }
        return ids;
    }

    std::string decode(const std::vector<int> & ids) const override { return std::string(ids.begin(), ids.end()); }
    int eos() const override { return 256; }
};

std::unique_ptr<Tokenizer> byte_tokenizer() {
    return std::make_unique<ByteTokenizer>();
}
