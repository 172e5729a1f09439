"""Step 4: what is heard and assessed, whom it blames, priorities."""

from __future__ import annotations

from sim.topics import OVERPOLICED, TOPICS


def set_priorities(model):
    """Turn what is heard into blame and priorities."""
    for group in model.groups:
        if not group.withdrawn:
            _lobby(model, group)
    _remember(model)
    _blame(model)
    _prioritise(model)
    _find_capture(model)


def _lobby(model, group):
    """An association is heard on its own agenda (E40)."""
    reach = model.assumed.lobbying * group.strength * group.energy * group.access
    weight = reach * group.people / 1000
    for k in range(len(TOPICS)):
        model.new_heard[k] += weight * group.agenda[k]
    for beat in model.beats:
        model.new_heard_by_beat[beat.number] += weight * group.agenda_by_beat[beat.number]
    group.count("heard", weight)
    group.count("loud", weight * group.loud_share)


def _remember(model):
    """What was heard fades, what is newly heard is added (E41)."""
    keeps, scale = 1.0 - model.assumed.heard_fades, 1000 / model.size
    for heard, new in (
        (model.heard, model.new_heard),
        (model.heard_by_beat, model.new_heard_by_beat),
    ):
        for k in range(len(heard)):
            heard[k] = keeps * heard[k] + new[k] * scale
            new[k] = 0.0
    for group in model.groups:
        group.blame = keeps * group.blame + group.new_blame * scale
        group.new_blame = 0.0


def _blame(model):
    heard = sum(model.heard)
    for group in model.groups:
        known = heard > 0.0 and group.share > 0.0
        group.blame_intensity = group.blame / heard / group.share if known else 0.0


def _prioritise(model):
    """Priorities weigh what is told against what professionals see (E42)."""
    seen = _seen(model)
    heard, by_beat = sum(model.heard), sum(model.heard_by_beat)
    lay = model.policy.lay_weight if heard > 1e-12 and by_beat > 1e-12 else 0.0
    for beat in model.beats:
        for k in range(len(TOPICS)):
            told = 0.0
            if lay > 0.0:
                told = model.heard[k] / heard * (model.heard_by_beat[beat.number] / by_beat)
            beat.priorities[k] = lay * told + (1.0 - lay) * seen[beat.number][k]


def _seen(model):
    """The assessed agenda: need and disorder, wherever they are."""
    weights = []
    for beat in model.beats:
        need = sum(group.cells[beat.number].need for group in model.groups)
        weights.append(
            [need * rate * disorder for rate, disorder in zip(model.topic_rate, beat.disorder)]
        )
        weights[-1][OVERPOLICED] = 0.0
    whole = sum(map(sum, weights))
    return [[weight / whole for weight in row] for row in weights]


def _find_capture(model):
    """How much nearer priorities lie to the loudest (E43)."""
    by_topic = [sum(beat.priorities[k] for beat in model.beats) for k in range(len(TOPICS))]

    def distance(topics):
        return sum(abs(x - topic) for x, topic in zip(by_topic, topics))

    model.capture = 0.5 * (distance(model.public_topics) - distance(model.loud_topics))
