"""The numbers that libpg_query has for kinds of objects, ALTER TABLE commands and the like. A test compares them."""

from __future__ import annotations

# ObjectType
MATVIEW, POLICY, SCHEMA, SEQUENCE, TABLE, VIEW = 24, 29, 37, 38, 42, 52
# AlterTableType
ADD_COLUMN, DROP_COLUMN, DROP_CONSTRAINT, ALTER_COLUMN_TYPE = 1, 14, 23, 25
SET_OPTIONS, ENABLE_ROW_SECURITY, DISABLE_ROW_SECURITY = 35, 55, 56
# ConstrType
PRIMARY_KEY, UNIQUE, FOREIGN_KEY = 7, 8, 10
# TransactionStmtKind
BEGIN, START, COMMIT = 1, 2, 3
# RoleSpecType
PUBLIC = 5
