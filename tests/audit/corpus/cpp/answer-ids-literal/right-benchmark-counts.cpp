#include <cstdio>

struct label_counts {
    int yes = 0;
    int no  = 0;
};

// Size of the annotated split, checked when the file is loaded.
constexpr int EXPECTED_YES_ROWS = 412;
constexpr int EXPECTED_NO_ROWS  = 3588;

bool split_is_complete(const label_counts & c) {
    if (c.yes != EXPECTED_YES_ROWS || c.no != EXPECTED_NO_ROWS) {
        std::fprintf(stderr, "split has %d yes rows and %d no rows\n", c.yes, c.no);
        return false;
    }
    return true;
}
