#include <pistache/router.h>

#include "json.hpp"
#include "onnx_session.h"

class RerankController {
  public:
    RerankController(OnnxSession & session, std::string prefix, std::string suffix)
        : session_(session), prefix_(std::move(prefix)), suffix_(std::move(suffix)) {}

    void bind(Pistache::Rest::Router & router) {
        Pistache::Rest::Routes::Post(router, "/rerank",
                                     Pistache::Rest::Routes::bind(&RerankController::rerank, this));
    }

  private:
    std::string render(const std::string & instruct, const std::string & query, const std::string & doc) const {
        return prefix_ + "<Instruct>: " + instruct + "\n<Query>: " + query + "\n<Document>: " + doc + suffix_;
    }

    void rerank(const Pistache::Rest::Request & request, Pistache::Http::ResponseWriter response) {
        const auto body     = nlohmann::json::parse(request.body());
        const auto instruct = body.at("instruction").get<std::string>();
        const auto query    = body.at("query").get<std::string>();
        nlohmann::json out  = nlohmann::json::array();
        size_t index = 0;
        for (const auto & doc : body.at("texts").get<std::vector<std::string>>()) {
            out.push_back({ { "index", index++ }, { "score", session_.probability(render(instruct, query, doc)) } });
        }
        response.send(Pistache::Http::Code::Ok, out.dump());
    }

    OnnxSession & session_;
    std::string prefix_;
    std::string suffix_;
};
