"""The area as a picture: who stands where, what a run did to them, and how it reaches the browser."""
