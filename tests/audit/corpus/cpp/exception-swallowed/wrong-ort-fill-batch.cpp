#include <onnxruntime_cxx_api.h>
#include <spdlog/spdlog.h>

#include <array>
#include <vector>

class OrtReranker {
  public:
    std::vector<float> run(const std::array<Ort::Value, 2> & inputs, size_t batch) {
        static const char * in_names[]  = { "input_ids", "attention_mask" };
        static const char * out_names[] = { "logits" };
        std::vector<float> scores(batch, 0.0f);
        try {
            auto out = session_.Run(Ort::RunOptions{}, in_names, inputs.data(), 2, out_names, 1);
            const float * p = out[0].GetTensorData<float>();
            scores.assign(p, p + batch);
        } catch (const Ort::Exception & e) {
            spdlog::error("onnxruntime: {}", e.what());
        }
        return scores;
    }

  private:
    Ort::Session session_{ nullptr };
};
