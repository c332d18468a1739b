#include <cstdint>
#include <string>

namespace settings {

constexpr int kHttpPort        = 8080;
constexpr int kMetricsPort     = 9454;
constexpr int kGrpcPort        = 9693;
constexpr int kMaxInputTokens  = 8192;
constexpr int kMaxBatchTokens  = 16384;
constexpr int kMaxClientBatch  = 32;

struct ServerOptions {
    std::string host   = "0.0.0.0";
    int         port   = kHttpPort;
    uint32_t    max_concurrent_requests = 512;
    bool        yes_to_all = false;
};

} // namespace settings
