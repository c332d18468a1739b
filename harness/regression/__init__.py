"""One run held against another: quality, scores, speed, memory and findings, each with how sure the difference is."""
