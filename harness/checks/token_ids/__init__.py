"""Token IDs: which tokens are the answers, and are they the ones that are read?"""
