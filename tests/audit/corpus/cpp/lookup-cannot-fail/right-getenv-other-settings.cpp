#include <cstdlib>
#include <string>

static int env_or(const char * name, int fallback) {
    const char * v = std::getenv(name);
    return v ? std::stoi(v) : fallback;
}

struct server_settings {
    int         port        = env_or("RERANK_PORT", 8080);
    int         n_threads   = env_or("RERANK_THREADS", 8);
    int         max_batch   = env_or("RERANK_MAX_BATCH", 32);
    int         max_length  = env_or("RERANK_MAX_LENGTH", 8192);
    std::string host        = "127.0.0.1";
};
