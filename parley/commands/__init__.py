"""One small module for each command or two; each imports the model when it is called."""
