"""Where conversations are kept: the queries in .sql files, one module a database engine."""
