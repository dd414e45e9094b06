"""A list on its way in: compared with a group's own, written in one piece, and taken back."""
