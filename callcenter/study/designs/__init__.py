"""Designs: which points a study has, from a sweep file or by hand, and how often each is simulated."""
