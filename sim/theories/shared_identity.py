"""Trust as a message about where one's group stands: the group engagement model."""

from sim.theories.declared import Theory, departures

# One line a departure: a table reads better than a list of lists.
# fmt: off
SHARED_IDENTITY = Theory(
    name="shared-identity",
    label="Shared identity",
    account=(
        "People read from the police whether their group belongs. Being listened to, and dealt with as others are,"
        " says that it does; being blamed, searched out of proportion or passed over says that it does not. What"
        " happens to one of us happens to all of us, so that publics move together and lines between them matter."
    ),
    due_to=(
        "Tyler & Blader 2003 (group engagement model); Bradford 2014;"
        " Bradford, Murphy & Jackson 2014 (procedural justice and social identity)"
    ),
    matters=(
        "how even-handed the police seem towards one's public",
        "blame, searches out of proportion, being passed over",
        "what members of one's own public go through and think; forums across lines",
    ),
    matters_little=(
        "whether a call was resolved or a concern solved",
        "seeing patrols and reading leaflets",
        "what happens to publics on the other side of a hard line",
    ),
    departures=departures(
        ("contact_seen_impartial", 0.3, "a meeting tells whether people like me count"),
        ("contact_moves_belief", 0.35, "voice is a sign of standing"),
        ("blame_seen_partial", 0.02, "heeding blame of a group shows whose side the police are on"),
        ("stops_seen_partial", 0.006, "searches out of proportion single a group out"),
        ("passed_over_seen_partial", 0.016, "service withheld shows who counts for less"),
        ("capture_seen_partial", 0.08, "priorities of a few show who counts for more"),
        ("impartiality_returns", 0.004, "what was learned about one's standing is not soon forgotten"),
        ("legitimacy_follows_impartiality", 0.012, "who belongs shares the values of the police"),
        ("legitimacy_follows_confidence", 0.0005, "good work for others gives no right over us"),
        ("blame_moves_trust", 0.012, "blame of a group is blame of its members"),
        ("passed_over_moves_confidence", 0.008, "a slight to a group is felt by its members"),
        ("incident_shocks", 0.5, "what was done to one of us was done to us"),
        ("blame_hardens", 0.015, "blame draws the line between us and them"),
        ("stops_harden", 0.003, "searches out of proportion draw the same line"),
        ("passed_over_hardens", 0.012, "service withheld draws the same line"),
        ("meeting_softens", 0.01, "a larger we grows where publics meet"),
        ("forum_softens", 0.3, "a larger we grows fastest in a task that is shared"),
        ("lines_return", 0.004, "belonging is slow to change back"),
        ("hearsay", 0.6, "what happens to one of us counts as if it had happened to me"),
        ("ties_pull", 0.012, "members of a group come to hold its view"),
        ("person_common", 0.75, "one relation to the police colours all views of them"),
        ("prior_colours_contact", 0.65, "who one is to the police decides how a meeting is read"),
        ("search_moves_trust", 0.6, "a search is a message about standing"),
        ("answer_moves_trust", 0.08, "being answered says that one counts"),
        ("treatment_satisfies", 0.9, "treatment carries the message"),
        ("result_satisfies", 0.1, "a result carries no message about standing"),
        ("kept_moves_trust", 0.01, "a result carries no message about standing"),
        ("kept_moves_confidence", 0.04, "a result carries little of it"),
        ("patrol_moves_trust", 0.001, "presence may be for us or against us"),
        ("patrol_moves_confidence", 0.008, "presence may be for us or against us"),
        ("leaflet_moves_trust", 0.0, "a leaflet is addressed to nobody"),
        ("leaflet_moves_confidence", 0.01, "a leaflet is addressed to nobody"),
    ),
)
# fmt: on
