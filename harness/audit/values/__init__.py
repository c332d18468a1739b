"""Values in sources: where they come from, where they go to, and what they are, as far as a file says so by itself."""
