"""The parts of a scenario: one model each, frozen and checked."""
