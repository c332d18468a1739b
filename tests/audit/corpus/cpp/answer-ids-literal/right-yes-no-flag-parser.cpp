#include <map>
#include <stdexcept>
#include <string>

static bool parse_switch(const std::string & text) {
    static const std::map<std::string, int> words = {
        { "yes", 1 }, { "no", 0 }, { "on", 1 }, { "off", 0 },
    };
    const auto it = words.find(text);
    if (it == words.end()) {
        throw std::invalid_argument("expected yes/no, got '" + text + "'");
    }
    return it->second == 1;
}

struct cli_options {
    bool mlock = false;
    bool mmap  = true;
};

void apply_option(cli_options & o, const std::string & key, const std::string & value) {
    if (key == "mlock") {
        o.mlock = parse_switch(value);
    } else if (key == "mmap") {
        o.mmap = parse_switch(value);
    }
}
