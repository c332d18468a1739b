#include <cstdlib>
#include <string>

static double read_timeout_seconds(const char * text) {
    if (text == nullptr) {
        return 30.0;
    }
    try {
        return std::stod(text);
    } catch (const std::exception &) {
        return 30.0;
    }
}

struct client_options {
    double timeout = read_timeout_seconds(std::getenv("RERANK_TIMEOUT"));
    int    retries = 2;
};
