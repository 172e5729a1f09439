"""How each pattern is measured: one function a pattern, named by the pattern's file."""

from __future__ import annotations

from collections.abc import Callable

from analysis.evidence.field import Field
from analysis.evidence.measures import boroughs, contact, stops, taking_part, trials
from analysis.evidence.measures.measured import Measured

Measure = Callable[[Field], dict[str, Measured]]
_ALL = (
    contact.asymmetry_in_one_survey,
    contact.asymmetry_in_a_panel,
    contact.own_contact_and_hearsay,
    contact.heard_against_own,
    contact.one_contact_on_fairness,
    contact.expected_and_received,
    contact.should_and_will,
    trials.reassurance,
    trials.one_visit,
    trials.fair_script,
    trials.training,
    trials.programmes,
    trials.mini_public,
    trials.balanced_information,
    trials.stability_and_shock,
    trials.message,
    taking_part.ladder,
    taking_part.who_comes_to_meetings,
    taking_part.watch_where_risk_is_low,
    taking_part.cost_of_taking_part,
    taking_part.those_who_come,
    taking_part.contact_between_publics,
    taking_part.time_of_a_post,
    stops.by_ethnic_group,
    stops.concentration,
    stops.treatment,
    stops.gaps_between_publics,
    stops.levels,
    stops.ratings_by_visibility,
    boroughs.hours_and_outcomes,
    boroughs.composition_and_trust,
)
MEASURES: dict[str, Measure] = {measure.__name__: measure for measure in _ALL}
