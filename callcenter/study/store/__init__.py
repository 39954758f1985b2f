"""The results store: every finished replication is kept, by the model that made it."""
