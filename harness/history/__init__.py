"""The history of runs: kept in SQLite or PostgreSQL, told as series, and searched for the runs that changed them."""
