"""Tables of figures as they are laid out on the page."""
