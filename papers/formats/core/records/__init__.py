"""What formats of records share: lossless fields, values, untitled records."""
