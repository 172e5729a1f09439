"""Running an experiment into a folder that can be stopped, killed and resumed."""
