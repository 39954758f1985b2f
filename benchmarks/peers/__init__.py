"""The tier day in other simulators, each written the way its own documentation does."""
