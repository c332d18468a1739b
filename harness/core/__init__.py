"""The words and data of the harness: frozen data that imports nothing of ours."""
