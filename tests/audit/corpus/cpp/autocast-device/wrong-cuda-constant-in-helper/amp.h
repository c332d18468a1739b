#pragma once

#include <ATen/autocast_mode.h>

namespace amp {

struct Scope {
    Scope() { at::autocast::set_autocast_enabled(at::kCUDA, true); }
    ~Scope() {
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(at::kCUDA, false);
    }
};

} // namespace amp
