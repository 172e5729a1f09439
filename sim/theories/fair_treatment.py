"""Trust as a verdict on fair treatment: procedural justice."""

from sim.theories.declared import Theory, departures

# One line a departure: a table reads better than a list of lists.
# fmt: off
FAIR_TREATMENT = Theory(
    name="fair-treatment",
    label="Fair treatment",
    account=(
        "People judge the police by how they are treated: whether they are heard, whether decisions are explained and"
        " even-handed, whether they are met with respect. What comes of it counts for little. Trust won this way turns"
        " into legitimacy, and legitimacy into willingness to help."
    ),
    due_to="Tyler 1990; Tyler & Huo 2002; Sunshine & Tyler 2003 (procedural justice)",
    matters=(
        "how a contact, a call or a search feels, whoever began it",
        "being heard and being told why, also where the answer is no",
        "training and culture, because they change how officers treat people",
    ),
    matters_little=(
        "whether the call was resolved or the concern solved",
        "seeing patrols and reading leaflets",
        "how service is shared out between publics",
    ),
    departures=departures(
        ("contact_moves_trust", 1.2, "the quality of treatment is what trust is made of"),
        ("contact_moves_confidence", 0.4, "ratings of the police follow from treatment as well"),
        ("contact_moves_belief", 0.35, "voice: being heard is itself the benefit"),
        ("contact_seen_impartial", 0.2, "neutrality is read off how one is dealt with"),
        ("call_moves_trust", 0.75, "a caller judges the police by how they were dealt with"),
        ("treatment_satisfies", 1.2, "satisfaction is a verdict on treatment"),
        ("result_satisfies", 0.05, "the result hardly counts once treatment is held equal"),
        ("gap_bites", 0.1, "where outcomes count little, so does expecting a better one"),
        ("search_moves_trust", 0.7, "treatment counts most where power is used"),
        ("search_moves_confidence", 0.3, "ratings follow treatment in a search as in a contact"),
        ("traffic_moves_trust", 0.45, "even a brief stop is a lesson in how the police use their power"),
        ("answer_moves_trust", 0.12, "an explanation is part of a fair procedure"),
        ("answer_moves_belief", 0.2, "an answer shows that one was heard"),
        ("why_not_counts", 0.9, "a reasoned no is nearly as fair as a yes"),
        ("plan_moves_trust", 0.07, "openness about plans shows motives that can be trusted"),
        ("kept_moves_trust", 0.005, "an outcome, not a way of treating people"),
        ("kept_moves_confidence", 0.02, "an outcome; ratings follow treatment"),
        ("broken_moves_confidence", 0.03, "an outcome withheld; what hurts is not being answered"),
        ("patrol_moves_trust", 0.0, "seeing an officer pass is not being treated in any way"),
        ("patrol_moves_confidence", 0.005, "presence alone treats nobody fairly or unfairly"),
        ("leaflet_moves_trust", 0.0, "one-way information gives no voice"),
        ("leaflet_moves_confidence", 0.01, "one-way information gives no voice"),
        ("passed_over_moves_confidence", 0.0005, "the sharing out of service counts less than the procedure"),
        ("legitimacy_follows_trust", 0.012, "legitimacy rests on being treated fairly"),
        ("legitimacy_follows_confidence", 0.0003, "good work alone gives no right to be obeyed"),
        ("legitimacy_follows_impartiality", 0.005, "neutral decisions are one half of a fair procedure"),
        ("cooperation_spread", 0.15, "willingness to help hangs closely on trust and legitimacy"),
    ),
)
# fmt: on
