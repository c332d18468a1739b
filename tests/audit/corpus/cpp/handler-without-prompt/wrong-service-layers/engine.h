#pragma once

#include "tokenizer.h"

#include <string>

class Engine {
  public:
    float score_pair(const std::string & query, const std::string & document);

  private:
    float forward(const std::vector<int64_t> & ids);
    Tokenizer tok_;
};
