"""Lists in web pages."""
