"""Shared by formats of records: lossless fields, values, untitled records."""
