#include <string>
#include <unordered_set>
#include <vector>

struct unique_documents {
    std::vector<std::string> texts;
    std::vector<size_t>      first_index;
};

unique_documents drop_duplicates(const std::vector<std::string> & documents) {
    unique_documents out;
    std::unordered_set<std::string> seen;
    for (size_t i = 0; i < documents.size(); ++i) {
        if (seen.insert(documents[i]).second) {
            out.texts.push_back(documents[i]);
            out.first_index.push_back(i);
        }
    }
    return out;
}
