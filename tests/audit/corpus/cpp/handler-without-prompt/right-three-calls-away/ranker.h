#pragma once

#include <string>
#include <utility>
#include <vector>

class Model;

class Ranker {
  public:
    explicit Ranker(Model & model) : model_(model) {}
    std::vector<std::pair<size_t, float>> rank(const std::string & query, const std::vector<std::string> & documents);

  private:
    float score_one(const std::string & query, const std::string & document);
    Model & model_;
};
