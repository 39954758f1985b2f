"""The textbook formula beside a simulation of the same scenario."""
