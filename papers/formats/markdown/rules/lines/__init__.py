"""One line of a list as people write it: the title of a paper and what is around it."""
