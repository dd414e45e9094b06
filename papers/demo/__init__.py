"""The demonstration: a lively group that reads the project's own list."""
