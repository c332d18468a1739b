#pragma once

#include <string>
#include <vector>

class Engine;

struct RankedItem {
    size_t index;
    float  score;
};

class RankService {
  public:
    explicit RankService(Engine & engine) : engine_(engine) {}
    std::vector<RankedItem> rank(const std::string & query, const std::vector<std::string> & documents);

  private:
    Engine & engine_;
};
