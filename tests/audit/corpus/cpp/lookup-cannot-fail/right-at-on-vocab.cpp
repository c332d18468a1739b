#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <unordered_map>

class vocab_file {
  public:
    explicit vocab_file(const std::string & path) {
        std::ifstream in(path);
        if (!in) {
            throw std::runtime_error("cannot open " + path);
        }
        ids_ = nlohmann::json::parse(in).at("model").at("vocab").get<std::unordered_map<std::string, int>>();
    }

    int yes_id() const { return ids_.at("yes"); }
    int no_id() const { return ids_.at("no"); }

  private:
    std::unordered_map<std::string, int> ids_;
};
