"""The reference behind the interfaces of other servers, for development and tests."""
