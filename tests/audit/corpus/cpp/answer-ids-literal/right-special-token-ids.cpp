#include <cstdint>
#include <vector>

// <|endoftext|>, <|im_start|>, <|im_end|>
constexpr int32_t ENDOFTEXT_ID = 151643;
constexpr int32_t IM_START_ID  = 151644;
constexpr int32_t IM_END_ID    = 151645;

bool is_stop_token(int32_t id) {
    return id == ENDOFTEXT_ID || id == IM_END_ID;
}

std::vector<int32_t> until_stop(const std::vector<int32_t> & generated) {
    std::vector<int32_t> out;
    for (const int32_t id : generated) {
        if (is_stop_token(id)) {
            break;
        }
        out.push_back(id);
    }
    return out;
}
