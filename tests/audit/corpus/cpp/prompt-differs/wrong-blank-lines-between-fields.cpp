#include <sstream>
#include <string>

std::string format_pair(const std::string & instruction, const std::string & query, const std::string & document) {
    std::ostringstream os;
    os << "<|im_start|>system\n"
       << "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
       << "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n"
       << "<|im_start|>user\n"
       << "<Instruct>: " << instruction << "\n\n"
       << "<Query>: " << query << "\n\n"
       << "<Document>: " << document << "<|im_end|>\n"
       << "<|im_start|>assistant\n<think>\n\n</think>\n\n";
    return os.str();
}
