#include <httplib.h>
#include <nlohmann/json.hpp>

#include <exception>

void install_error_handler(httplib::Server & svr) {
    svr.set_exception_handler([](const httplib::Request &, httplib::Response & res, std::exception_ptr ep) {
        std::string message = "unknown error";
        try {
            std::rethrow_exception(ep);
        } catch (const std::exception & e) {
            message = e.what();
        } catch (...) {
        }
        res.status = 500;
        res.set_content(nlohmann::json{ { "error", message }, { "error_type", "Backend" } }.dump(), "application/json");
    });
}
