"""What the world knows of a paper: four providers behind one interface. No database is needed."""
