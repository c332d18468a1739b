#include <onnxruntime_cxx_api.h>

#include <regex>
#include <string>

class ModelHost {
  public:
    ModelHost(Ort::Env & env, const std::string & id, const std::string & file)
        : session_(env, file.c_str(), Ort::SessionOptions{}), is_reranker_(looks_like_reranker(id)) {}

    bool is_reranker() const { return is_reranker_; }

  private:
    static bool looks_like_reranker(const std::string & id) {
        static const std::regex re("re-?rank|cross-encoder", std::regex::icase);
        return std::regex_search(id, re);
    }

    Ort::Session session_;
    bool is_reranker_;
};
