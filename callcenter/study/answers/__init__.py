"""What a study answers, as data: the fewest agents that met every target, the point to look at."""
