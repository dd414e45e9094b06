"""What all formats share: reading lists, identity, identifiers, people, records and text."""
