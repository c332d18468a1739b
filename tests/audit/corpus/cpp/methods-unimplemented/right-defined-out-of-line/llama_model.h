#pragma once

#include "model.h"

#include "llama.h"

class LlamaModel : public Model {
  public:
    explicit LlamaModel(llama_context * ctx) : ctx_(ctx) {}

    std::vector<int32_t> tokenize(const std::string & text) const override;
    float                relevance(const std::vector<int32_t> & prompt) override;
    void                 reset() override;

  private:
    llama_context * ctx_;
};
