"""Statistics of ranking quality and of noise: pure functions of numbers, with seeds where chance is involved."""
