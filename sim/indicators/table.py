"""What is measured: one table with name, unit, range, direction and help text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One measure of the area or of a public in one week.

    Args:
        name: stable name in files.
        label: name on pages.
        unit: unit in words.
        low, high: range that is possible; None where there is no bound.
        better: "higher", "lower" or "neither".
        meaning: one sentence for a reader.
        kind: outcome, process, output, risk or police.
        by_public: whether it has a value for a single public.
    """

    name: str
    label: str
    unit: str
    low: float | None
    high: float | None
    better: str
    meaning: str
    kind: str
    by_public: bool = True


def _points(
    name: str, label: str, better: str, meaning: str, kind: str, by_public: bool = True
) -> Indicator:
    return Indicator(name, label, "points", 0.0, 100.0, better, meaning, kind, by_public)


def _percent(
    name: str, label: str, better: str, meaning: str, kind: str, by_public: bool = True
) -> Indicator:
    return Indicator(name, label, "%", 0.0, 100.0, better, meaning, kind, by_public)


# One line an indicator.
# fmt: off
_TABLE = (
    _points("trust", "Trust", "higher", "How far residents feel that the police treat people like them fairly and mean well.", "outcome"),
    _points("confidence", "Confidence", "higher", "How far residents feel that the local police do a good job.", "outcome"),
    _points("legitimacy", "Legitimacy", "higher", "How far residents feel that the police have the right to be obeyed and share their values.", "outcome"),
    _points("expectation", "Expectation", "neither", "What residents hold that the police should do for them.", "outcome"),
    _points("voice_belief", "Belief that speaking up helps", "higher", "How far residents believe that speaking up changes something.", "outcome"),
    _points("perceived_impartiality", "Perceived impartiality", "higher", "How far residents feel that the police serve all publics alike.", "outcome"),
    Indicator("expectation_gap", "Expectation gap", "points", -100.0, 100.0, "lower", "What residents expect less what was delivered: the resolved share of calls and raised concerns over 26 weeks.", "outcome"),
    Indicator("trust_gap", "Trust gap", "points", -100.0, 100.0, "lower", "Trust of everyone else less trust of the most affected; for a public, trust of everyone else less trust of that public.", "outcome"),
    _percent("reach", "Reach", "higher", "Residents with an engagement contact in the last 52 weeks.", "process"),
    _percent("informed", "Informed", "higher", "Residents who got information about local policing in the last 52 weeks.", "process"),
    _percent("visibility", "Visibility", "higher", "Residents who saw foot patrol this week.", "process"),
    _percent("accessibility", "Accessibility", "higher", "The chance that a resident who wanted to talk to an officer this month could.", "process"),
    _points("familiarity", "Familiarity", "higher", "How well the officers who serve a beat, generalists and specialist team by posts, know its publics.", "process"),
    _percent("deliberation", "Deliberation", "higher", "Engagement contacts of the last 52 weeks that were two-way.", "process"),
    Indicator("inclusion", "Inclusion", "% of mean reach", 0.0, 100.0, "higher", "Reach of the least reached public over the mean.", "process", False),
    Indicator("reach_by_need", "Reach by need", "concentration index", -2.0, 2.0, "higher", "Whether contact goes where need is: below 0, it goes where need is least; -1 to 1 for all, for a public by ranks of need in the whole area.", "process"),
    _percent("voice_concentration", "Voice concentration", "lower", "Share of what is heard that comes from the loudest tenth of residents, over 52 weeks.", "process", False),
    _points("representativeness", "Representativeness", "higher", "How close the publics' shares in what is heard are to their shares of people.", "process", False),
    _percent("cooperation", "Cooperation", "higher", "Residents willing to pass information on.", "output"),
    _percent("accountability", "Accountability", "higher", "Raised concerns closed in the last 52 weeks that were answered within 12 weeks.", "output"),
    _percent("responsiveness", "Responsiveness", "higher", "Raised concerns closed in the last 52 weeks that were acted on.", "output"),
    _percent("effectiveness", "Effectiveness", "higher", "Reported incidents of the last 52 weeks that were resolved.", "output"),
    _percent("promises_kept", "Promises kept", "higher", "Promises that fell due in the last 52 weeks and were kept.", "output"),
    Indicator("marginalisation", "Marginalisation", "ratio", 0.0, None, "lower", "Searches per usual suspect over searches per other resident, divided by the same ratio of actual involvement: 1 is proportionate.", "risk"),
    _percent("repeat_stops", "Repeat stops", "lower", "Searches that fall on someone searched in the last 52 weeks.", "risk"),
    Indicator("stop_ratio", "Stop ratio", "ratio", 0.0, None, "lower", "Searches per head in the most searched public over the least; for a public, over the whole area.", "risk"),
    _points("hardening", "Hardening", "lower", "Distance that residents feel towards other publics.", "risk"),
    _percent("polarisation", "Polarisation", "lower", "Share of the variance of trust that lies between publics.", "risk", False),
    _points("impartiality", "Impartiality", "higher", "How close the publics' shares of police service are to their shares of need.", "risk", False),
    _points("equity_of_service", "Equity of service", "higher", "Evenness over publics of service received per unit of need: 100 less the Gini index.", "risk", False),
    Indicator("agenda_capture", "Agenda capture", "points", -100.0, 100.0, "lower", "How much nearer priorities lie to the loudest tenth than to the whole public.", "risk", False),
    _percent("specialist_share", "Specialist share", "neither", "Share of this week's engagement hours done by specialists.", "police", False),
    _percent("generalist_effort", "Generalist effort", "higher", "Engagement hours that generalists gave this week, of those that were theirs to give.", "police", False),
    _points("officer_openness", "Officer openness", "higher", "Readiness of officers to listen to and work with the public.", "police", False),
    Indicator("engagement_hours", "Engagement hours", "hours per 1,000 people a week", 0.0, None, "neither", "Officer-hours a week spent on engagement, mean of 26 weeks; for a public, per 1,000 of its own people.", "police"),
    Indicator("response_hours", "Response hours", "hours per 1,000 people a week", 0.0, None, "neither", "Officer-hours a week spent on calls for service, mean of 26 weeks; for a public, per 1,000 of its own people.", "police"),
    Indicator("stops", "Searches", "per 1,000 people a year", 0.0, None, "lower", "Searches that officers make, as expected for each person; for a public, per 1,000 of its own people.", "police"),
    Indicator("incidents", "Incidents", "per 1,000 people a year", 0.0, None, "lower", "Crime and disorder that residents suffer, as expected for each person.", "police"),
)
# fmt: on
INDICATORS: dict[str, Indicator] = {entry.name: entry for entry in _TABLE}
