"""London boroughs: what the model gives for them beside what the survey found."""
