"""What is asked of both database engines in full, and what of one.

Who may do what follows from the code, not from the database: the whole table of that is walked on
SQLite, and on PostgreSQL by those who together run through each of its queries. TESTED_IN_FULL=yes
asks PostgreSQL for all of it, too.
"""

import os

IN_FULL = "TESTED_DATABASE_URL" not in os.environ or "TESTED_IN_FULL" in os.environ
