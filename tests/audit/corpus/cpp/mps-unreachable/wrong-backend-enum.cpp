#include <cstdlib>
#include <string>

enum class Backend { Cpu, Cuda, Metal };

bool cuda_present();

Backend pick_backend(const std::string & wish) {
    if (wish == "cuda" || (wish.empty() && cuda_present())) {
        return Backend::Cuda;
    }
    return Backend::Cpu;
}

size_t max_batch(Backend b) {
    if (b == Backend::Metal) {
        return 4;
    }
    return b == Backend::Cuda ? 32 : 8;
}

size_t configured_batch() {
    const char * wish = std::getenv("RERANK_BACKEND");
    return max_batch(pick_backend(wish ? wish : ""));
}
