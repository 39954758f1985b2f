"""The command line: thin calls of public functions; what is heavy is imported where it is needed."""

from callcenter.cli.app import app, main

__all__ = ["app", "main"]
