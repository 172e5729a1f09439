"""Trust as a verdict on results: the instrumental account."""

from sim.theories.declared import Theory, departures

# One line a departure: a table reads better than a list of lists.
# Whether policing works (solving_power, resolve_base and the like) is no claim about trust: it is left alone.
# fmt: off
EFFECTIVENESS = Theory(
    name="effectiveness",
    label="Effectiveness",
    account=(
        "People judge the police by what they get done: incidents resolved, problems solved, promises kept, officers"
        " seen on the street. Courtesy is pleasant and changes little. Who gets less than was expected, or less than"
        " others, thinks worse of the police, however kindly it was put."
    ),
    due_to=(
        "the instrumental model as Sunshine & Tyler 2003 and Jackson & Sunshine 2007 set it out;"
        " Wilson & Kelling 1982; Skogan & Hartnett 1997; tested as the accountability model by Skogan 2009"
    ),
    matters=(
        "whether calls are resolved and concerns acted on",
        "promises kept or broken, whoever broke them",
        "officers seen on foot, and disorder taken in hand",
    ),
    matters_little=(
        "how fair and attentive a contact, a call or a search feels",
        "explanations without results, and plans without deeds",
        "how even-handed the police seem",
    ),
    departures=departures(
        ("contact_moves_trust", 0.2, "a friendly talk gets nothing done"),
        ("contact_moves_confidence", 0.1, "a friendly talk gets nothing done"),
        ("contact_moves_belief", 0.08, "speaking up pays where something follows, not by being heard"),
        ("contact_seen_impartial", 0.02, "manner says little about who gets served"),
        ("call_moves_trust", 0.1, "how a call felt counts less than what came of it"),
        ("call_moves_confidence", 0.7, "a call is the test of what the police can do"),
        ("bad_calls_weigh_more", 2.5, "a result is taken for granted, its absence is remembered"),
        ("treatment_satisfies", 0.15, "courtesy does not replace a result"),
        ("result_satisfies", 0.9, "satisfaction is a verdict on the result"),
        ("gap_bites", 1.0, "a result is judged against what one counted on"),
        ("search_moves_trust", 0.1, "a search is the price of safety and judged by its use"),
        ("search_moves_confidence", 0.05, "how a search feels says little about results"),
        ("traffic_moves_trust", 0.03, "a brief stop decides nothing"),
        ("kept_moves_trust", 0.12, "a problem solved is the proof of good will"),
        ("kept_moves_confidence", 0.22, "a problem solved is the job done"),
        ("kept_moves_belief", 0.3, "speaking up pays where something follows"),
        ("broken_moves_trust", 0.12, "a promise broken shows that words were empty"),
        ("broken_moves_confidence", 0.22, "a promise broken is the job not done"),
        ("broken_moves_belief", 0.35, "why speak where nothing follows"),
        ("partner_blame", 1.0, "the result is missing, whoever owed it"),
        ("answer_moves_trust", 0.005, "an answer is not yet a result"),
        ("answer_moves_confidence", 0.005, "an answer is not yet a result"),
        ("why_not_counts", 0.1, "reasons do not mend what is broken"),
        ("plan_moves_trust", 0.005, "a plan is not yet a deed"),
        ("patrol_moves_trust", 0.015, "officers on the street are work that can be seen"),
        ("patrol_moves_confidence", 0.05, "officers on the street are work that can be seen"),
        ("passed_over_moves_confidence", 0.012, "who gets less service sees less of the job done"),
        ("blame_moves_trust", 0.0005, "being talked about takes no service away"),
        ("legitimacy_follows_trust", 0.001, "the right to be obeyed is earned by protecting people"),
        ("legitimacy_follows_confidence", 0.01, "the right to be obeyed is earned by protecting people"),
        ("legitimacy_follows_impartiality", 0.0005, "even-handedness protects nobody by itself"),
    ),
)
# fmt: on
