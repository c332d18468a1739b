#include <map>
#include <stdexcept>
#include <string>

enum class HeadKind { CausalAnswer, SequenceClassification };

HeadKind parse_head(const std::string & flag) {
    static const std::map<std::string, HeadKind> kinds = {
        { "causal",  HeadKind::CausalAnswer },
        { "seq-cls", HeadKind::SequenceClassification },
    };
    const auto it = kinds.find(flag);
    if (it == kinds.end()) {
        throw std::invalid_argument("--head must be causal or seq-cls, got " + flag);
    }
    return it->second;
}

struct Options {
    std::string model_path;
    HeadKind head = HeadKind::CausalAnswer;
};

Options parse(int argc, char ** argv) {
    Options o;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string key = argv[i];
        if (key == "--model") o.model_path = argv[i + 1];
        if (key == "--head") o.head = parse_head(argv[i + 1]);
    }
    return o;
}
