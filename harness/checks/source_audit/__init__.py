"""Source audit: what stands in the sources of the serving project (`--source`)."""
