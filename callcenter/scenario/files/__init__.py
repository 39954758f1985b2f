"""Files on their way in: YAML, CSV and workbooks, every value with its place."""
