"""Shared by all formats: reading lists, identity, identifiers, people, records and text."""
