#include <string>
#include <vector>

struct chat_msg {
    std::string role;
    std::string content;
};

std::string apply_chatml(const std::vector<chat_msg> & messages, bool add_assistant) {
    std::string out;
    if (messages.empty() || messages.front().role != "system") {
        out += "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n";
    }
    for (const auto & m : messages) {
        out += "<|im_start|>" + m.role + "\n" + m.content + "<|im_end|>\n";
    }
    if (add_assistant) {
        out += "<|im_start|>assistant\n";
    }
    return out;
}
