#pragma once

#include "model.h"

#include <onnxruntime_cxx_api.h>

class OnnxModel : public Model {
  public:
    explicit OnnxModel(const std::string & file);

    std::vector<int32_t> tokenize(const std::string & text) const override;
    void                 reset() override;

  private:
    Ort::Env     env_;
    Ort::Session session_;
};
