"""Protocol: does the server say what its dialect documents, and attach each result to its document?"""
