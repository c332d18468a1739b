#include <httplib.h>
#include <nlohmann/json.hpp>

#include "embedder.h"

using json = nlohmann::json;

void mount_embed(httplib::Server & svr, Embedder & embedder) {
    svr.Post("/embed", [&embedder](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        json out = json::array();
        for (const auto & text : body.at("inputs").get<std::vector<std::string>>()) {
            out.push_back(embedder.embed(text));
        }
        res.set_content(out.dump(), "application/json");
    });

    svr.Get("/health", [](const httplib::Request &, httplib::Response & res) { res.status = 200; });
}
