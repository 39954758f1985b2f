"""Is a model true of recorded days: scores of days and intervals, yardsticks, and the verdict."""
