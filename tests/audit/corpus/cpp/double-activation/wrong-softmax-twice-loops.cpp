#include <algorithm>
#include <cmath>
#include <vector>

static void softmax_inplace(std::vector<float> & v) {
    const float m = *std::max_element(v.begin(), v.end());
    float sum = 0.0f;
    for (float & x : v) {
        x = std::exp(x - m);
        sum += x;
    }
    for (float & x : v) {
        x /= sum;
    }
}

static std::vector<float> classify(const float * cls_out, int n_cls) {
    std::vector<float> probs(cls_out, cls_out + n_cls);
    softmax_inplace(probs);
    return probs;
}

std::vector<float> label_scores(const float * cls_out, int n_cls) {
    std::vector<float> labels = classify(cls_out, n_cls);
    if (labels.size() > 1) {
        softmax_inplace(labels);
    }
    return labels;
}
