#include <pistache/endpoint.h>
#include <pistache/router.h>

#include "json.hpp"
#include "onnx_reranker.h"

using namespace Pistache;

class RerankEndpoint {
  public:
    RerankEndpoint(Address addr, OnnxReranker & model) : http_(std::make_shared<Http::Endpoint>(addr)), model_(model) {
        Rest::Routes::Post(router_, "/rerank", Rest::Routes::bind(&RerankEndpoint::rerank, this));
    }

  private:
    void rerank(const Rest::Request & request, Http::ResponseWriter response) {
        const auto body  = nlohmann::json::parse(request.body());
        const auto query = body.at("query").get<std::string>();
        nlohmann::json ranked = nlohmann::json::array();
        size_t index = 0;
        for (const auto & text : body.at("texts").get<std::vector<std::string>>()) {
            const auto encoding = model_.tokenizer().encode_pair(query, text, true);
            ranked.push_back({ { "index", index++ }, { "score", model_.run(encoding.ids, encoding.mask) } });
        }
        response.send(Http::Code::Ok, ranked.dump());
    }

    std::shared_ptr<Http::Endpoint> http_;
    Rest::Router router_;
    OnnxReranker & model_;
};
