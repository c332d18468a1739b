#include <nlohmann/json.hpp>

using nlohmann::json;

struct LogitScoreConfig {
    int true_token_id;
    int false_token_id;
};

LogitScoreConfig read_logit_score(const json & module_config) {
    LogitScoreConfig c;
    c.true_token_id  = module_config.value("true_token_id", 9693);
    c.false_token_id = module_config.value("false_token_id", 2152);
    return c;
}
