// How many scores are summed up is a size, and the last step with a prediction is a number of a step.
#include <cstddef>

void fill(const Schedule& schedule, const Sequences& sequences, int* score_window_data) {
  for (const auto& sequence : sequences) {
    if (schedule.has_score_window(sequence.id())) {
      *score_window_data = schedule.score_window(sequence.id());
    } else {
      *score_window_data = 1;
    }
    ++score_window_data;
  }
}

std::size_t last_predicted(const Schedule& schedule, std::size_t steps) {
  std::size_t last_prediction_step = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    if (!schedule.should_compute(step)) last_prediction_step = step;
  }
  return last_prediction_step;
}
