"""Sentences about results, and nothing but words: what they say is worked out below."""
