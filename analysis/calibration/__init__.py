"""Which sets of assumptions the published patterns leave standing: history matching in waves."""
