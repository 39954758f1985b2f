"""How many agents were there, inferred from log-ins, from who served, or from calls at a time."""
