#pragma once

#include <string>
#include <vector>

class Model {
  public:
    virtual ~Model() = default;

    virtual std::vector<int32_t> tokenize(const std::string & text) const = 0;
    virtual float                relevance(const std::vector<int32_t> & prompt) = 0;
    virtual void                 reset() = 0;
};
