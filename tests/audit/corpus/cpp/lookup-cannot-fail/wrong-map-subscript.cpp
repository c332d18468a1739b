#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <unordered_map>

using json = nlohmann::ordered_json;

class VocabFile {
  public:
    explicit VocabFile(const std::string & path) {
        std::ifstream in(path);
        const json root = json::parse(in);
        for (const auto & [piece, id] : root.at("model").at("vocab").items()) {
            vocab_[piece] = id.get<int>();
        }
    }

    int yes_id() { return vocab_["yes"]; }
    int no_id() { return vocab_["no"]; }

  private:
    std::unordered_map<std::string, int> vocab_;
};
