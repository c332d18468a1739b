#include <gtest/gtest.h>

#include "tokenizer.h"

TEST(Tokenizer, RoundTrip) {
    const Tokenizer tok("testdata/tokenizer.json");
    for (const char * text : { "hello", "  two spaces", "naïve café" }) {
        EXPECT_EQ(tok.decode(tok.encode(text)), text);
    }
}

TEST(Tokenizer, EmptyTextGivesNothing) {
    const Tokenizer tok("testdata/tokenizer.json");
    EXPECT_TRUE(tok.encode("").empty());
}

TEST(Tokenizer, LoadingDoesNotThrow) {
    EXPECT_NO_THROW(Tokenizer("testdata/tokenizer.json"));
}
