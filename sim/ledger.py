"""The closed list of what can move an attitude.

Every change of an attitude is posted under one of these causes; opening plus postings is closing.
"""

from __future__ import annotations

from dataclasses import dataclass

ATTITUDES = ("trust", "confidence", "legitimacy", "expectation")


@dataclass(frozen=True)
class Cause:
    """One cause of change, with the kind of benefit (or harm) it stands for."""

    name: str
    label: str
    kind: str


_CAUSES = (
    Cause("own-contact", "own contact with officers", "expressive"),
    Cause("own-stop", "own stop or search", "expressive"),
    Cause("own-call", "own call for service", "instrumental"),
    Cause("promise-kept", "concern acted on", "instrumental"),
    Cause("promise-broken", "promise broken or concern ignored", "instrumental"),
    Cause("answer-given", "answer given", "expressive"),
    Cause("patrol-or-leaflet-seen", "patrol or leaflet seen", "expressive"),
    Cause("blame-or-passed-over", "blamed or passed over", "expressive"),
    Cause("promise-made", "promise made", "neither"),
    Cause("plan-shared", "plan shared", "expressive"),
    Cause("partner-failed", "partner agency failed", "instrumental"),
    Cause("friends-stories", "friends' stories", "neither"),
    Cause("ties-pull", "pull of ties' views", "neither"),
    Cause("public-event", "public event", "neither"),
    Cause("follows-trust", "follows trust", "neither"),
    Cause("follows-confidence", "follows confidence", "neither"),
    Cause("follows-impartiality", "follows perceived impartiality", "neither"),
    Cause("fading", "fading of recent events", "neither"),
    Cause("drift", "drift back to disposition, and everyday life", "neither"),
)
CAUSES: dict[str, Cause] = {cause.name: cause for cause in _CAUSES}
(
    OWN_CONTACT,
    OWN_STOP,
    OWN_CALL,
    PROMISE_KEPT,
    PROMISE_BROKEN,
    ANSWER_GIVEN,
    PATROL_OR_LEAFLET_SEEN,
    BLAME_OR_PASSED_OVER,
    PROMISE_MADE,
    PLAN_SHARED,
    PARTNER_FAILED,
    FRIENDS_STORIES,
    TIES_PULL,
    PUBLIC_EVENT,
    FOLLOWS_TRUST,
    FOLLOWS_CONFIDENCE,
    FOLLOWS_IMPARTIALITY,
    FADING,
    DRIFT,
) = range(len(_CAUSES))
TRUST, CONFIDENCE, LEGITIMACY, EXPECTATION = range(len(ATTITUDES))
