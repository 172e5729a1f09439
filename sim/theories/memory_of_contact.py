"""Trust as what was lived through and heard of: memory of contact and hearsay."""

from sim.theories.declared import Theory, departures

# One line a departure: a table reads better than a list of lists.
# fmt: off
MEMORY_OF_CONTACT = Theory(
    name="memory-of-contact",
    label="Memory of contact and hearsay",
    account=(
        "Trust is the sum of what people went through with the police and of what they were told by those they know."
        " Such memories stay, stories are told for long, and the bad ones weigh more. Whatever involves no encounter,"
        " one's own or a friend's, leaves hardly a trace; there is little to return to but experience."
    ),
    due_to=(
        "Rosenbaum, Schuck, Costello, Hawkins & Ring 2005; Brunson 2007 (accumulated and vicarious experience);"
        " Skogan 2006 (asymmetry); Weitzer & Tuch 2005"
    ),
    matters=(
        "own contacts, calls and searches, however long ago",
        "what friends went through",
        "one very bad event among many ordinary ones",
    ),
    matters_little=(
        "leaflets, campaigns and patrols in passing",
        "what others think, where nothing happened to them",
        "a lasting disposition that views would return to",
    ),
    departures=departures(
        ("fade", 0.2, "what was lived through is slow to pale"),
        ("drift_rate", 0.004, "there is little to return to but experience (a half-life of 3.3 years)"),
        ("wander", 0.015, "views move by events, seldom by themselves"),
        ("person_spread", 0.4, "people differ by what happened to them more than by disposition"),
        ("settles_contact", 0.8, "an encounter of one's own is remembered"),
        ("settles_stop", 0.9, "a search is remembered"),
        ("settles_severe", 1.0, "the worst is never forgotten"),
        ("settles_concern", 0.75, "what became of one's own concern is remembered"),
        ("settles_story", 0.65, "a friend's story stays almost like an experience of one's own"),
        ("settles_message", 0.03, "what nobody went through leaves no memory"),
        ("settles_patrol", 0.05, "what passes by leaves no memory"),
        ("hearsay", 0.8, "vicarious experience counts nearly as much as one's own"),
        ("story_fades", 0.1, "stories are told for weeks, not days"),
        ("ties_pull", 0.0, "people learn from what happened to others, not from their opinions"),
        ("bad_contact_weighs_more", 1.8, "bad encounters are remembered better than good ones"),
        ("bad_calls_weigh_more", 2.5, "bad encounters are remembered better than good ones"),
        ("traffic_moves_trust", 0.2, "brief encounters add up"),
        ("severe_costs", 0.4, "one very bad encounter outweighs many ordinary ones"),
        ("leaflet_moves_trust", 0.003, "no encounter, hardly a trace"),
        ("leaflet_moves_confidence", 0.008, "no encounter, hardly a trace"),
        ("patrol_moves_trust", 0.001, "no encounter, hardly a trace"),
        ("patrol_moves_confidence", 0.005, "no encounter, hardly a trace"),
        ("campaign_moves", 0.01, "no encounter, hardly a trace"),
        ("blame_moves_trust", 0.0, "talk at meetings that one was not at is nothing that happened"),
        ("passed_over_moves_confidence", 0.0005, "a share of service that nobody sees is nothing that happened"),
        ("expectation_follows", 0.5, "people expect what they have met with"),
        ("news_moves_foresight", 0.25, "each outcome is a lesson for the next time"),
        ("legitimacy_follows_trust", 0.008, "the right to be obeyed is learned in encounters"),
        ("legitimacy_follows_impartiality", 0.0005, "even-handedness is judged by encounters alone"),
    ),
)
# fmt: on
