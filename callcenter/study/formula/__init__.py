"""The textbook formula beside the simulation, and why the two differ."""
