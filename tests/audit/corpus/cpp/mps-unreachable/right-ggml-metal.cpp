#include "ggml-backend.h"

#include <stdexcept>
#include <string>

ggml_backend_dev_t pick_device(const std::string & name) {
    if (!name.empty()) {
        ggml_backend_dev_t dev = ggml_backend_dev_by_name(name.c_str());
        if (dev == nullptr) {
            throw std::runtime_error("no such device: " + name);
        }
        return dev;
    }
    if (ggml_backend_dev_t gpu = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_GPU)) {
        return gpu;
    }
    return ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
}

int default_ubatch(ggml_backend_dev_t dev) {
    const std::string reg = ggml_backend_reg_name(ggml_backend_dev_backend_reg(dev));
    return reg == "Metal" ? 256 : 512;
}
