"""Speed of the engines beside the textbook model."""
