"""One simulated day event by event, and an hour of it as a page that moves."""
