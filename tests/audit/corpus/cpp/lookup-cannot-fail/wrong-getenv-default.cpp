#include <cstdlib>
#include <string>

static int env_int(const char * name, int fallback) {
    const char * v = std::getenv(name);
    return v != nullptr ? std::stoi(v) : fallback;
}

struct answer_ids {
    int yes = 0;
    int no  = 0;

    static answer_ids from_environment() {
        answer_ids a;
        a.yes = env_int("YES_TOKEN_ID", 9693);
        a.no  = env_int("NO_TOKEN_ID", 2152);
        return a;
    }
};
