"""What each factor of a sweep does to each outcome, and how sure that is."""
