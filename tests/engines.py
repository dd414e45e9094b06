"""How much is asked of a database engine.

Who may do what follows from the code, not from the database: the table of that is walked on SQLite
by everybody who could be told apart, and on PostgreSQL by those who together run through each of
its queries. TESTED_IN_FULL=yes asks either of everybody, in whatever way, in any state of a group.
"""

import os

TO_THE_LAST = "TESTED_IN_FULL" in os.environ
IN_FULL = TO_THE_LAST or "TESTED_DATABASE_URL" not in os.environ
