#pragma once

#include <string>

namespace prompt {

std::string build(const std::string & query, const std::string & document);

} // namespace prompt
