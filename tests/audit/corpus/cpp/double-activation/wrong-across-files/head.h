#pragma once

#include <vector>

struct yes_no_logits {
    float yes;
    float no;
};

float answer_score(const yes_no_logits & l);
std::vector<double> response_scores(const std::vector<yes_no_logits> & rows);
