#pragma once

#include <string>

std::string render(const std::string & instruction, const std::string & query, const std::string & document);
