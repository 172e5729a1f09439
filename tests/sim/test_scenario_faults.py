"""What the reader says of files that are wrong: file, place, value, remedy, all of it at once."""

import pytest

from sim.scenario import ScenarioFaults, check, load
from tests.sim.scenario_files import PUBLIC, VILLAGE, on_baseline, village, written


def faults_of(path, settings=()):
    with pytest.raises(ScenarioFaults) as found:
        load(path, settings)
    return str(found.value).replace(str(path.parent) + "/", "").splitlines()


POLICY = "[policy]\n"
YOUNG = "[area.groups.young]\n"
EVENT = "[[events]]\n"
CRITICAL = 'kind = "critical-incident"\nseverity = 0.5\n'
EXPECT = '[[expect]]\nindicator = "trust"\nbecause = "So."\n'

WRONG = {
    "a lever above its range": (
        POLICY + "feedback = 1.4",
        "listening.toml, [policy]: feedback = 1.4 is outside 0 to 1. It is the chance that",
    ),
    "a lever below its range": (
        POLICY + "hours = -1",
        "[policy]: hours = -1 is outside 0 to 40 officer-hours per 1,000 people a week. It is",
    ),
    "a misspelt lever": (
        POLICY + "fedback = 0.4",
        "[policy]: fedback = 0.4 is a key nobody reads. Did you mean feedback?",
    ),
    "a lever in a table of levers": (
        "[policy.mix]\ninfrom = 1",
        "[policy.mix]: infrom = 1 is a key nobody reads. Did you mean inform?",
    ),
    "a text for a number": (
        POLICY + 'feedback = "0.4"',
        '[policy]: feedback = "0.4" should be a number, 0 to 1.',
    ),
    "true for a number": (
        POLICY + "feedback = true",
        "[policy]: feedback = true should be a number, 0 to 1.",
    ),
    "a date for a number": (
        POLICY + "feedback = 1979-05-27",
        "[policy]: feedback = 1979-05-27 should be a number",
    ),
    "a list for a number": (
        POLICY + "feedback = [0.1, 0.2]",
        "[policy]: feedback = a list should be a number",
    ),
    "what is not a number": (
        POLICY + "feedback = nan",
        "[policy]: feedback = nan should be a finite number, 0 to 1.",
    ),
    "something infinite": (
        POLICY + "hours = inf",
        "[policy]: hours = inf should be a finite number, 0 to 40 officer-hours",
    ),
    "a number of four hundred digits": (
        POLICY + "hours = " + "9" * 400,
        "hours = a number of more than 60 digits is outside 0 to 40",
    ),
    "a mix above one": (
        POLICY + "mix = {inform = 0.8}",
        "[policy]: mix: inform 0.8 + consult 0.35 + collaborate 0.05 = 1.2"
        " (consult, collaborate from baseline.toml), but these must sum to 1. Take away 0.2.",
    ),
    "time below one": (
        POLICY + "time = {engage = 0.1, patrol = 0.1, solve = 0.1, stop = 0.1}",
        "[policy]: time: engage 0.1 + patrol 0.1 + solve 0.1 + stop 0.1 = 0.4,"
        " but these must sum to 1. Add 0.6.",
    ),
    "an unknown way of reaching people": (
        POLICY + 'reach = "most-afected"',
        'reach = "most-afected" is no way of reaching people. Did you mean most-affected?',
    ),
    "a weight of reach out of range": (
        POLICY + "reach = {need = 9}",
        "[policy.reach]: need = 9 is outside -3 to 3",
    ),
    "a policy that is no table": ("policy = 3", "listening.toml: policy = 3 should be a table"),
    "an unknown table": ("[polcy]\nx = 1", "polcy = a table is a key nobody reads."),
    "a misspelt assumption": (
        "[assumptions]\nabsolv = 0.2",
        "[assumptions]: absolv = 0.2 is a key nobody reads. Did you mean absolve?",
    ),
    "an assumption out of range": (
        "[assumptions]\nabsolve = -1",
        "[assumptions]: absolve = -1 is outside 0 to 0.8. It is how far generalists",
    ),
    "a title that is no text": ("title = 3", "title = 3 should be a text in quotation marks."),
    "an empty title": ('title = " "', 'title = " " should not be empty.'),
    "a title with a control character": (
        'title = "a\\u0007b"',
        'title = "a\\x07b" has a control character (\\x07). Remove it.',
    ),
    "a title that turns its reader around": (
        'title = "a\\u202eb"',
        "has a control character (\\u202e). Remove it.",
    ),
    "a title without end": (
        'title = "' + "x" * 300 + '"',
        "is longer than 200 characters. Shorten it.",
    ),
    "an area without people": (
        "[area]\npeople = 0",
        "[area]: people = 0 is outside 1 to 50,000,000 people.",
    ),
    "half a person": ("[area]\npeople = 10.5", "people = 10.5 should be a whole number."),
    "people in words": ('[area]\npeople = "many"', 'people = "many" should be a number, 1 to'),
    "an area that is a number": ("area = 3", "listening.toml: area = 3 should be a table"),
    "a misspelt area": (
        'area = "areas/smal-town.toml"',
        'area = "areas/smal-town.toml" is no file. Did you mean areas/small-town.toml?',
    ),
    "shares of ages above one": (
        '[area.shares.age]\n"65+" = 0.5',
        "[area.shares]: age: 16-24 0.15 + 25-34 0.26 + 35-44 0.21 + 45-64 0.26 + 65+ 0.5 = 1.38"
        " (16-24, 25-34, 35-44, 45-64 from areas/inner-borough.toml), but these must sum to 1.",
    ),
    "an unknown age": (
        '[area.shares.age]\n"16-25" = 0.1',
        "[area.shares.age]: 16-25 = 0.1 is a key nobody reads. Did you mean 16-24?",
    ),
    "shares that are a number": ("[area]\nshares = 3", "shares = 3 should be a table of keys."),
    "a share that is a text": (
        '[area.shares.tenure]\nowner = "most"',
        '[area.shares.tenure]: owner = "most" should be a number',
    ),
    "a joint table and shares": (
        '[area.shares]\n[[area.joint]]\nage = "65+"\ntenure = "owner"\nethnic = "white"\nshare = 1',
        "shares and joint are both given. Keep one of them.",
    ),
    "a joint table that is none": ("[area]\njoint = 5", "joint = 5 should be rows, each"),
    "a joint row without tenure": (
        '[[area.joint]]\nage = "65+"\nethnic = "white"\nshare = 1',
        "[[area.joint]] number 1: tenure is missing from this row.",
    ),
    "a joint row twice": (
        '[[area.joint]]\nage = "65+"\ntenure = "owner"\nethnic = "white"\nshare = 0.5\n' * 2,
        "[[area.joint]] number 2: these traits have a row already.",
    ),
    "a joint table below one": (
        '[[area.joint]]\nage = "65+"\ntenure = "owner"\nethnic = "white"\nshare = 0.9',
        "[area]: joint: 0.9, but these must sum to 1. Add 0.1.",
    ),
    "an unknown trait in a joint row": (
        '[[area.joint]]\nage = "65"\ntenure = "owner"\nethnic = "white"\nshare = 1',
        '[[area.joint]] number 1: age = "65" is no age band known here. Did you mean 65+?',
    ),
    "a list of beats that is too short": (
        "[area]\nbeats = 3\nbeat_shares = [0.5, 0.5]",
        "[area]: beat_shares has 2 entries and the area 3 beats. Give one for each beat.",
    ),
    "beats that do not sum to one": (
        "[area]\nbeats = 2\nbeat_shares = [0.5, 0.6]",
        "[area]: beat_shares: 1.1, but these must sum to 1. Take away 0.1.",
    ),
    "beats that are no list": ("[area]\nbeat_shares = 1", "beat_shares = 1 should be a list"),
    "a beat that is no number": (
        '[area]\nbeats = 2\nbeat_shares = [0.5, "half"]',
        '[area]: beat_shares, entry 2, = "half" should be a number, 0 to 1.',
    ),
    "beats without any disorder": (
        "[area]\nbeats = 2\nbeat_disorder = [0, 0]",
        "beat_disorder is 0 everywhere. Give at least one beat some disorder.",
    ),
    "topics above one": (
        "[area.demand.topics]\nburglary = 0.9",
        "[area.demand]: topics: burglary 0.9 + antisocial 0.4",
    ),
    "an unknown topic": (
        "[area.demand.topics]\nburglry = 0.1",
        "burglry = 0.1 is a key nobody reads. Did you mean burglary?",
    ),
    "a share of partners above one": (
        "[area.demand.partner_share]\ndrugs = 2",
        "[area.demand.partner_share]: drugs = 2 is outside 0 to 1. It is the share of concerns",
    ),
    "concerns above one": (
        YOUNG + "concerns = {drugs = 2}",
        "[area.groups.young.concerns]: drugs = 2 is outside 0 to 1.",
    ),
    "concerns that do not sum to one": (
        YOUNG + "concerns = {drugs = 0.9}",
        "[area.groups.young]: concerns: burglary 0.12 + antisocial 0.2 + drugs 0.9",
    ),
    "a trait out of range": (
        YOUNG + "need = 2",
        "[area.groups.young]: need = 2 is outside 0 to 1.",
    ),
    "an attitude above a hundred points": (
        YOUNG + "trust = 101",
        "[area.groups.young]: trust = 101 is outside 0 to 100 points. It is the belief",
    ),
    "a misspelt trait": (
        YOUNG + "vioce = 0.2",
        "[area.groups.young]: vioce = 0.2 is a key nobody reads. Did you mean voice?",
    ),
    "no suspicion at all": (YOUNG + "suspicion = 0", "suspicion = 0 is outside 0.1 to 20"),
    "a rule over an unknown trait": (
        YOUNG + 'where = {agee = ["16-24"]}',
        "[area.groups.young.where]: agee = a list is a key nobody reads. Did you mean age?",
    ),
    "a rule over an unknown value": (
        YOUNG + 'where = {ethnic = ["blak"]}',
        '[area.groups.young.where]: ethnic = "blak" is no ethnic group known here.'
        " Did you mean black?",
    ),
    "a rule over a number": (
        YOUNG + "where = {age = [16]}",
        "[area.groups.young.where]: age = 16 is no age band known here.",
    ),
    "a rule without a list": (
        YOUNG + 'where = {tenure = "private"}',
        'tenure = "private" should be a list, such as tenure = ["owner"].',
    ),
    "a rule that is no table": (YOUNG + 'where = "young"', 'where = "young" should be a table'),
    "a rule and a share for one public": (
        YOUNG + "where = {}\nshare = 0.2",
        "[area.groups.young]: where and share are both given. Keep the rule or the share.",
    ),
    "a rule for some publics and a share for others": (
        YOUNG + "share = 0.2",
        "black-mixed-young has a rule (where) and young a share."
        " Give rules to all publics or shares to all.",
    ),
    "a rule that takes all of another public": (
        '[area.groups.black-mixed-young]\nwhere = {age = ["16-24"], ethnic = ["white", "asian",'
        ' "black", "mixed", "other"]}',
        "[groups.young]: nobody is left for this public: black-mixed-young takes them first.",
    ),
    "people without a public": (
        '[area.groups.settled-owners]\nwhere = {age = ["65+"]}',
        "% of people belong to no public (such as",
    ),
    "a public named like the fixed ones": (
        f'[area.groups.all]\nlabel = "All"\nwhere = {{age = ["65+"]}}\n{PUBLIC}',
        "[area.groups]: all is a public that every area has. Give this one another key.",
    ),
    "a key with spaces": (
        f'[area.groups."The young"]\nlabel = "Y"\nwhere = {{age = ["65+"]}}\n{PUBLIC}',
        '"The young" cannot be the key of a public. Use up to 40 of a-z, 0-9 and hyphens',
    ),
    "a public without traits": (
        '[area.groups.late]\nlabel = "Late"\nwhere = {age = ["65+"]}',
        "[area.groups.late]: ease is missing. It is how easily an officer reaches",
    ),
    "a public without a rule": (
        f'[area.groups.late]\nlabel = "Late"\n{PUBLIC}',
        "[area.groups.late]: where is missing: who belongs to this public? Write a rule",
    ),
    "a label with a line break": (
        YOUNG + 'label = "a\\nb"',
        '[area.groups.young]: label = "a\\x0ab" has a control character (\\x0a).',
    ),
    "too many publics": (
        "\n".join(f"[area.groups.g{number}]" for number in range(20)),
        "the area has 27 publics; 16 at most. Join some of them.",
    ),
    "an event before the start": (
        EVENT + 'week = 0\nkind = "rotation"\nshare = 0.5',
        "[[events]] number 1: week = 0 is outside 1 to 5200 weeks.",
    ),
    "an event in half a week": (
        EVENT + 'week = 5.5\nkind = "rotation"\nshare = 0.5',
        "[[events]] number 1: week = 5.5 should be a whole number.",
    ),
    "an event without a week": (
        EVENT + 'kind = "rotation"\nshare = 0.5',
        "[[events]] number 1: week is missing. It is the week in which it happens",
    ),
    "an unknown kind of event": (
        EVENT + 'week = 5\nkind = "budget"',
        '[[events]] number 1: kind = "budget" is no kind of event. Did you mean budget-cut?',
    ),
    "an event of no kind": (
        EVENT + "week = 5",
        "kind is missing. Use critical-incident, budget-cut, rotation, media-campaign or policy.",
    ),
    "an event for an unknown public": (
        EVENT + "week = 5\n" + CRITICAL + 'group = "yuong"',
        '[[events]] number 1: group = "yuong" is no public of this area. Did you mean young?',
    ),
    "an event with a key of another kind": (
        EVENT + 'week = 5\nkind = "rotation"\nshare = 0.5\ntone = 1',
        "[[events]] number 1: tone = 1 is a key nobody reads.",
    ),
    "an event that is no table": ("events = [3]", "events = a list should be tables, each"),
    "a tone beyond hostile": (
        EVENT + 'week = 5\nkind = "media-campaign"\ntone = -2\nreach = 0.3',
        "[[events]] number 1: tone = -2 is outside -1 to 1 from hostile to favourable.",
    ),
    "a switch of policy to a lever out of range": (
        EVENT + 'week = 5\nkind = "policy"\n[events.policy]\nfeedback = 3',
        "[[events]] number 1, [policy]: feedback = 3 is outside 0 to 1.",
    ),
    "a switch of policy that does not sum to one": (
        EVENT + 'week = 5\nkind = "policy"\n[events.policy]\nmix = {inform = 1}',
        "[[events]] number 1, [policy]: mix: inform 1 + consult 0.35 + collaborate 0.05 = 1.4",
    ),
    "a switch of policy without levers": (
        EVENT + 'week = 5\nkind = "policy"',
        "[[events]] number 1: policy is missing.",
    ),
    "an unknown indicator": (
        EXPECT.replace("trust", "trust_gp") + 'change = "falls"',
        '[[expect]] number 1: indicator = "trust_gp" is no indicator. Did you mean trust_gap?',
    ),
    "an unknown change": (
        EXPECT + 'change = "fals"',
        'change = "fals" should be rises, falls or no-clear-change. Did you mean falls?',
    ),
    "an expectation without a reason": (
        EXPECT.replace("because", "why") + 'change = "falls"',
        "[[expect]] number 1: because is missing.",
    ),
    "an expectation of an unknown public": (
        EXPECT + 'change = "falls"\npublic = "yuong"',
        'public = "yuong" is no public of this area. Did you mean young?',
    ),
    "an expectation of one public where only the area is measured": (
        EXPECT.replace("trust", "inclusion") + 'change = "falls"\npublic = "young"',
        'public = "young": inclusion is measured for the whole area only. Write public = "all".',
    ),
    "an expectation against an unknown scenario": (
        EXPECT + 'change = "falls"\ncompared = "basline"',
        'compared = "basline" is no shipped scenario and no file. Did you mean baseline?',
    ),
}


@pytest.mark.parametrize("text, message", WRONG.values(), ids=WRONG.keys())
def test_the_reader_names_the_fault_and_the_remedy(tmp_path, text, message):
    assert message in "\n".join(faults_of(on_baseline(tmp_path, text)))


def test_all_faults_of_a_file_are_reported_at_once(tmp_path):
    texts = [
        POLICY + "feedback = 1.4\nhours = nan\nfedback = 0.4\nmix = {inform = 0.8}",
        YOUNG + "need = 2\nwhere = {agee = []}",
        "[assumptions]\nabsolv = 1",
        EVENT + 'week = 0\nkind = "budget"',
        EXPECT + 'change = "fals"\npublic = "yuong"\ncompared = "basline"',
    ]
    lines = faults_of(on_baseline(tmp_path, "\n".join(texts)))
    assert len(lines) == len(set(lines)) == 12
    for word in (
        *("feedback = 1.4", "hours", "fedback", "mix", "need = 2", "agee", "absolv"),
        *("week = 0", '"budget"', '"fals"', '"yuong"', '"basline"'),
    ):
        assert sum(word in line for line in lines) == 1, word


def test_each_fault_is_one_line_and_knows_its_key(tmp_path):
    path = on_baseline(tmp_path, POLICY + 'feedback = "a\\nb"\n' + EVENT + "week = 0")
    with pytest.raises(ScenarioFaults) as found:
        load(path)
    assert [fault.key for fault in found.value.faults] == [
        "policy.feedback",
        "events.0.kind",
        "events.0.week",
    ]
    assert len(str(found.value).splitlines()) == 3


def test_a_fault_is_told_in_the_file_that_has_it(tmp_path):
    on_baseline(tmp_path, POLICY + "feedback = 2", "first.toml")
    second = written(tmp_path, 'schema = 1\nextends = "first.toml"\n[policy]\nhours = 99')
    lines = faults_of(second)
    assert lines[0].startswith("listening.toml, [policy]: hours = 99")
    assert lines[1].startswith("first.toml, [policy]: feedback = 2")


def test_a_fault_of_the_root_is_told_although_a_later_layer_covers_it(tmp_path):
    on_baseline(tmp_path, POLICY + "hours = 99", "first.toml")
    root = (
        'schema = 1\narea = "areas/small-town.toml"\n[policy]\nhours = 99\n[assumptions]\nabsolve=9'
    )
    written(tmp_path, root, "root.toml")
    later = 'schema = 1\nextends = "root.toml"\n[policy]\nhours = 5\n[assumptions]\nabsolve = 0.1'
    assert faults_of(written(tmp_path, later))[0].startswith("root.toml, [policy]: hours = 99")


def test_what_a_later_layer_mends_in_the_area_or_the_assumptions_is_no_fault(tmp_path):
    village(tmp_path, "[assumptions]\nabsolve = 9", VILLAGE.replace("people = 900", ""))
    later = 'schema = 1\nextends = "life.toml"\n[area]\npeople = 5\n[assumptions]\nabsolve = 0.1'
    assert load(written(tmp_path, later)).area.people == 5


def test_faults_of_an_area_file_are_told_there_without_the_area_in_front(tmp_path):
    lines = faults_of(village(tmp_path, area=VILLAGE.replace("need = 0.5", "need = 5", 1)))
    assert lines == [
        "village.toml, [groups.old]: need = 5 is outside 0 to 1."
        " It is the exposure of this public to harm and disorder."
    ]
    assert "village.toml, [groups.old]: need = 5" in str(check(tmp_path / "village.toml")[0])


def test_shares_of_publics_have_to_sum_to_one(tmp_path):
    lines = faults_of(village(tmp_path, area=VILLAGE.replace("0.25", "0.2", 1)))
    assert lines == [
        "village.toml: groups: old 0.75 + new 0.2 = 0.95, but these must sum to 1. Add 0.05."
    ]


def test_a_public_without_residents_is_refused(tmp_path):
    area = VILLAGE.replace("share = 0.75", "share = 1.0").replace("share = 0.25", "share = 0")
    assert (
        "share = 0 leaves this public without residents"
        in faults_of(village(tmp_path, area=area))[0]
    )


def test_an_area_without_publics_is_refused(tmp_path):
    area = 'name = "Moor"\npeople = 5\nbeats = 1\n[groups]'
    assert faults_of(village(tmp_path, area=area)) == [
        "village.toml: the area has no publics. Add at least one table [area.groups.KEY]."
    ]


def test_rules_need_to_know_who_lives_there(tmp_path):
    area = VILLAGE.replace("share = 0.75", 'where = {age = ["65+"]}').replace(
        "share = 0.25", "where = {}"
    )
    lines = faults_of(village(tmp_path, area=area))
    assert [line.split(":")[1].strip() for line in lines] == [
        "age is missing",
        "tenure is missing",
        "ethnic is missing",
    ]
    assert 'Write age = {"16-24" = 0.2, "25-34" = 0.2' in lines[0]


def test_an_area_file_written_like_a_scenario_is_explained(tmp_path):
    lines = faults_of(village(tmp_path, area='[area]\nname = "Moor"'))
    assert "an area file has the keys of [area] at its top" in lines[0]


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "listening.toml: the file is empty."),
        (b" \n\t\n", "listening.toml: the file is empty."),
        (b"schema = 1\n[policy\n", "listening.toml, line 2, column 8: this is not valid TOML"),
        (b'schema = 1\ntitle = "a', "this is not valid TOML: Unterminated string."),
        (
            b"schema = 1\n[policy]\nhours = 1\n[policy]\nhours = 2",
            "listening.toml, line 4, column 8: this is not valid TOML: Cannot declare policy twice",
        ),
        (b'title = "a"\ntitle = "b"\nschema = 1', "line 2, column 12: this is not valid TOML"),
        ('title = "é"'.encode("latin-1"), "listening.toml, line 1: the text is not UTF-8."),
        ('title = "é"'.encode("utf-16"), "the text is UTF-16. Save the file as UTF-8."),
        (b"#" + b"\n#" * 600_000, "the file is larger than 1 MB."),
        (b'schema = 1\ntitle = "' + b"x" * 6000 + b'"', "line 2: the line has more than 5,000"),
        (b"schema = 1\n" + b"a." * 1000 + b"a = 1", "line 2: the line has more than 5,000"),
        (b"x = " + b"[" * 2000 + b"]" * 2000, "a value is nested too deeply or too large."),
        (b"x = " + b"{a = " * 20 + b"1" + b"}" * 20, "nested more than 12 deep."),
        (b"x = " + b"9" * 4900, "a value is nested too deeply or too large."),
        (b"# nothing but this", "schema is missing. Write schema = 1 at the top."),
        (b'schema = 2\nextends = "baseline"', "schema = 2 is not known."),
        (b'schema = true\nextends = "baseline"', "schema = true is not known."),
        (b'schema = "1"\nextends = "baseline"', 'schema = "1" is not known.'),
        (b'extends = "baseline"', "listening.toml: schema is missing."),
        (b"schema = 1", "area is missing: where does this happen? Write area ="),
        (b"schema = 1\nextends = 3", "extends = 3 should be a shipped name or a path"),
        (b'schema = 1\nextends = "basline"', "Did you mean baseline?"),
        (
            b'schema = 1\nextends = "../none.toml"',
            "no shipped scenario and no file. Check the path.",
        ),
        (b'schema = 1\nextends = "."', 'extends = "." is a folder.'),
        (b'schema = 1\nextends = "listening.toml"', "leads back to where it started"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line_or_a_few(tmp_path, content, message):
    lines = faults_of(written(tmp_path, content))
    assert message in "\n".join(lines)


def test_a_circle_of_files_is_shown(tmp_path):
    for name, extended in (("a", "b"), ("b", "c"), ("c", "a")):
        written(tmp_path, f'schema = 1\nextends = "{extended}.toml"\n', f"{name}.toml")
    assert faults_of(tmp_path / "a.toml") == [
        'c.toml: extends = "a.toml" leads back to where it started'
        " (a.toml → b.toml → c.toml → a.toml). Remove one of these extends."
    ]


def test_the_rest_of_a_file_is_checked_although_what_it_extends_is_missing(tmp_path):
    text = 'schema = 1\nextends = "basline"\n' + POLICY + "feedback = 2\n" + YOUNG + "need = 4"
    lines = faults_of(written(tmp_path, text))
    assert len(lines) == 3
    assert "feedback = 2" in "\n".join(lines)
    assert "need = 4" in "\n".join(lines)


@pytest.mark.parametrize(
    "name, message",
    [
        ("missing.toml", "missing.toml: there is no such file. Check the path."),
        ("nothing-like-it-at-all", "no shipped scenario and no file of this name. Known here:"),
        ("folder", "this is a folder. Give the name of a file that ends in .toml."),
        ("", "no file: this is a folder."),
        ("a\0b.toml", "this is not the name of a file."),
        ("x" * 5000 + ".toml", "the file cannot be read (file name too long)."),
        ("new\nline.toml", "new?line.toml: there is no such file."),
        ("a.toml/b.toml", "this is not the name of a file."),
    ],
)
def test_a_name_that_leads_to_no_file_is_refused(tmp_path, monkeypatch, name, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.toml").touch()
    with pytest.raises(ScenarioFaults) as found:
        load(name)
    assert message in str(found.value)
    assert [str(fault) for fault in check(name)] == str(found.value).splitlines()


def test_thousands_of_faults_are_cut_to_what_can_be_read(tmp_path):
    text = POLICY + "\n".join(f"unknown_{number} = 1" for number in range(3000))
    lines = faults_of(on_baseline(tmp_path, text))
    assert len(lines) == 201
    assert lines[-1] == "listening.toml: 2,800 more faults are not shown. Mend these first."


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=HYPERLINK(1)", "'; DROP", "Ñandú"])
def test_a_hostile_name_stays_plain_text(tmp_path, name):
    text = f'title = "{name}"\n{YOUNG}label = "{name}"'
    scenario = load(on_baseline(tmp_path, text))
    assert scenario.title == scenario.area.groups["young"].label == name


def test_an_event_may_lie_past_the_end_of_a_run(tmp_path):
    text = EVENT + "week = 5000\n" + CRITICAL + 'group = "young"'
    assert load(on_baseline(tmp_path, text)).events[0].week == 5000
