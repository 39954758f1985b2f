"""Batches of replications."""
