"""The what-if page: a scenario, sliders, and the answer rates that follow."""
