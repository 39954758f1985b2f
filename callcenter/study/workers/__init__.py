"""Who works: cells cut into tasks, sent through an executor, lost ones tried again."""
