"""Text in, plain reading list out, and back: pure functions that know no database."""
