"""Where two computations of one model part, module by module, and a bundle of it that can be replayed elsewhere."""
