"""Designs: which points a study has, from a sweep file, and how precisely each is to be known."""
