"""Sentences about results, made once for pages, terminals and workbooks."""
