"""What residents' concerns are about."""

TOPICS = ("burglary", "antisocial", "drugs", "traffic", "violence", "overpoliced")
CRIME_TOPICS = TOPICS[:5]
OVERPOLICED = 5
