"""Who does the work of a study, and how it gets there and back: processes, clusters, executors."""
