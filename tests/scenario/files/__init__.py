"""Tests of reading files: YAML, tables, workbooks."""
