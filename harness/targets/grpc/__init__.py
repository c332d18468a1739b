"""Targets over gRPC: the Python backend of text-embeddings-inference, apart from its router."""
