// Candidates carry their score and their text, and are sorted as a whole.
#include <algorithm>
#include <string>
#include <vector>

#include "candidate.h"

void answer(const std::vector<Shard>& shards, size_t top_n) {
  std::vector<std::vector<Candidate>> best_scores;
  for (const Shard& shard : shards) {
    std::vector<Candidate> found = shard.candidates;
    std::partial_sort(found.begin(), found.begin() + top_n, found.end(), better);
    best_scores.push_back(found);
  }
  for (size_t i = 0; i < shards.size(); ++i) print(shards[i].name, best_scores[i]);
}
