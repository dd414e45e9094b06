"""Four providers of bibliographic data behind one interface. No database is needed."""
