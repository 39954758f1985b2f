"""Speed and scale of the engines beside other simulators, in one run."""
