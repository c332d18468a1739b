#include <string>

static std::string open_turn(const std::string & role) {
    return "<|im_start|>" + role + "\n";
}

static std::string close_turn() {
    return "<|im_end|>\n";
}

std::string build_prompt(const std::string & instruction, const std::string & query, const std::string & doc) {
    static const std::string judge =
        "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
        "Note that the answer can only be \"yes\" or \"no\".";
    std::string p;
    p += open_turn("system") + judge + close_turn();
    p += open_turn("user");
    p += "<Instruct>: " + instruction + "\n<Query>: " + query + "\n<Document>: " + doc;
    p += close_turn();
    p += open_turn("assistant") + "<think>\n\n</think>\n\n";
    return p;
}
