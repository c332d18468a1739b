#include <nlohmann/json.hpp>

#include <string>

struct model_card {
    std::string id;
    std::string model_type;
    bool has_rank_head = false;

    std::string short_name() const {
        const size_t slash = id.find('/');
        return slash == std::string::npos ? id : id.substr(slash + 1);
    }
};

nlohmann::json info(const model_card & m) {
    return {
        { "model_id", m.id },
        { "name", m.short_name() },
        { "model_type", m.has_rank_head ? "reranker" : m.model_type },
    };
}
