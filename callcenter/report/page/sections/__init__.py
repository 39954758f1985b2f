"""The sections of a report: each a function of what is looked at that returns a section, or None."""
