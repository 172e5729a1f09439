"""Every behavioural number, declared once: meaning, unit, range, source, strength of evidence.

Levers (what the police decide) are in `sim/policy/levers.py`; the two never mix.
"""

from __future__ import annotations

from sim.core.declared import Declared

_SHARE = "share"
_WEEK = "share a week"
_PUSH = "part of the remaining way"


def _table(*rows: tuple[str, float, float, float, str, str, str, str]) -> dict[str, Declared]:
    return {row[0]: Declared(*row) for row in rows}


_DEVINE = "Devine & Valgarðsson 2023, six trust panels"
_ROSENBAUM = "Rosenbaum et al. 2005, Police Quarterly 8(3)"
_OLIVEIRA = "Oliveira, Jackson, Murphy & Bradford 2021, J Quant Criminol 37"
_PEYTON = "Peyton, Sierra-Arévalo & Rand 2019, PNAS 116(40)"
_COPPOCK = "Coppock et al. 2018; Hill et al. 2013"
_REISIG = "Reisig & Chandek 2001"
_FAVERO = "Favero & Kim 2020, JPART 31(3)"
_SEED = "the argument Parley starts from; no quantified study found"
_CSEW = "Crime Survey for England and Wales, visibility and ratings"
_JUDGED = "founders' judgement from survey rates of contact"

# One line a number: a table reads better than a list of lists.
# fmt: off
_ATTITUDES = _table(
    ("fade", 0.35, 0.05, 0.8, _WEEK, "how much of the recent part of an attitude fades in a week", _COPPOCK, "single study"),
    ("drift_rate", 0.0057, 0.003, 0.03, _WEEK, "how fast the settled part returns to a personal disposition (0.0057 is a half-life of 122 weeks)", _DEVINE, "expert view"),
    ("wander", 0.0385, 0.0, 0.08, "points/100 a week", "how far everyday life moves an attitude in a week for reasons outside the model", _DEVINE, "expert view"),
    ("person_spread", 0.799, 0.2, 1.2, "standard deviation on the log-odds scale", "how far residents of one public differ in lasting disposition", _DEVINE, "expert view"),
    ("person_common", 0.617, 0.0, 0.95, "correlation", "how far a resident's trust, confidence, legitimacy, belief in speaking up and perceived impartiality go together", _OLIVEIRA, "expert view"),
    ("trait_spread", 1.13, 0.2, 1.5, "standard deviation on the log-odds scale", "how far residents of one public differ in need, ease, voice and street time", _JUDGED, "untested"),
    ("settles_message", 0.0819, 0.0, 0.6, _SHARE, "how much of the effect of a message settles at once", _COPPOCK, "single study"),
    ("settles_patrol", 0.461, 0.0, 0.6, _SHARE, "how much of the effect of seeing foot patrol settles at once", _CSEW, "untested"),
    ("settles_contact", 0.531, 0.1, 0.9, _SHARE, "how much of the effect of a contact with officers settles at once", _PEYTON, "single study"),
    ("settles_stop", 0.50, 0.1, 0.95, _SHARE, "how much of the effect of a stop settles at once", _OLIVEIRA, "expert view"),
    ("settles_severe", 0.80, 0.3, 1.0, _SHARE, "how much of the effect of a severe stop or a critical incident settles at once", _DEVINE, "expert view"),
    ("settles_concern", 0.524, 0.1, 0.9, _SHARE, "how much of the effect of a kept, answered or broken concern, a promise, a plan, blame or being passed over settles at once", _JUDGED, "untested"),
    ("settles_story", 0.463, 0.0, 0.8, _SHARE, "how much of the effect of a friend's story settles at once", _ROSENBAUM, "untested"),
)
_CONTACT = _table(
    ("felt_base", 0.71, 0.4, 0.8, _SHARE, "the quality of an ordinary friendly contact with an average officer", "Wheller et al. 2013: 48 against 22 % rated good in assessment", "expert view"),
    ("officer_matters", 0.558, 0.0, 1.5, "share per share", "how much an officer's skill and openness change what a contact feels like", "Wheller et al. 2013", "expert view"),
    ("familiarity_matters", 0.15, 0.0, 0.5, "share per share", "how much knowing the public improves what a contact feels like", "Skogan & Hartnett 1997, Chicago beat officers", "expert view"),
    ("training_matters", 0.115, 0.0, 0.5, "share per share", "how much a fully trained officer improves what a contact feels like", "Wheller et al. 2013, College of Policing", "single study"),
    ("training_holds", 0.018, 0.005, 0.1, _WEEK, "how fast what officers learned in training wears off", _JUDGED, "untested"),
    ("tired_costs", 0.0867, 0.0, 0.4, "share per share", "how much tiredness worsens what a contact feels like", _JUDGED, "untested"),
    ("prior_colours_contact", 0.403, 0.0, 1.0, "share per share", "how much prior trust colours what a contact feels like", _ROSENBAUM, "expert view"),
    ("hard_to_reach", 0.127, 0.0, 0.5, "share per share", "how much worse a contact feels for those whom officers reach least easily", "Youth Endowment Fund survey: polite treatment 74 % White, 59 % minority teenagers", "expert view"),
    ("contact_noise", 0.0953, 0.05, 0.4, "standard deviation", "how much chance there is in what one contact feels like", "Mazerolle et al. 2012, J Exp Criminol 8", "expert view"),
    ("neutral_quality", 0.55, 0.4, 0.7, _SHARE, "the quality of a contact that leaves views as they were", "Australian panel of Oliveira et al. 2021: middling contact just below none", "single study"),
    ("judged_against_prior", 0.348, 0.0, 1.2, "share per share", "how far what counts as a neutral contact rises with prior trust: good news is what one did not expect", _PEYTON, "expert view"),
    ("contact_moves_trust", 1.1, 0.1, 1.2, _PUSH, "how far a two-way contact moves trust per unit of quality above or below neutral", _PEYTON, "single study"),
    ("contact_moves_confidence", 0.25, 0.05, 0.8, _PUSH, "how far a two-way contact moves confidence per unit of quality", _PEYTON, "single study"),
    ("contact_moves_belief", 0.20, 0.0, 0.6, _PUSH, "how far being heard lifts the belief that speaking up helps", _SEED, "untested"),
    ("collaboration_deepens", 1.6, 1.0, 3.0, "ratio", "how much deeper a collaboration goes than a consultation", "Boulianne 2018, participants in mini-publics", "untested"),
    ("leaflet_moves_confidence", 0.04, 0.0, 0.2, _PUSH, "how far being informed lifts confidence", "Hohl, Bradford & Stanko 2010, leaflets in London", "single study"),
    ("leaflet_moves_trust", 0.015, 0.0, 0.1, _PUSH, "how far being informed lifts trust", "Hohl, Bradford & Stanko 2010, leaflets in London", "expert view"),
    ("patrol_moves_confidence", 0.0478, 0.0, 0.08, _PUSH, "how far seeing foot patrol in a week lifts confidence", _CSEW, "single study"),
    ("patrol_moves_trust", 0.00621, 0.0, 0.03, _PUSH, "how far seeing foot patrol in a week lifts trust", _CSEW, "expert view"),
    ("patrol_seen", 0.358, 0.05, 2.0, "per hour per 1,000", "how readily an hour of foot patrol per 1,000 people is seen", _CSEW, "expert view"),
)
_EFFORT = _table(
    ("inform_hours", 0.08, 0.01, 0.5, "officer-hours", "the time it takes to inform one person", _JUDGED, "expert view"),
    ("consult_hours", 0.5, 0.1, 2.0, "officer-hours", "the time it takes to consult one person", _JUDGED, "expert view"),
    ("collaborate_hours", 2.0, 0.5, 8.0, "officer-hours", "the time it takes to collaborate with one person", _JUDGED, "expert view"),
    ("plan_hours", 0.15, 0.0, 1.0, "officer-hours", "the time it takes to discuss plans in a contact", _JUDGED, "untested"),
    ("mixed_forum_hours", 0.5, 0.0, 3.0, "officer-hours", "the further time per person that a mixed forum takes", _JUDGED, "untested"),
    ("answer_hours", 0.25, 0.05, 2.0, "officer-hours", "the time it takes to answer one concern", _JUDGED, "untested"),
    ("pass_on_hours", 0.311, 0.05, 3.0, "officer-hours", "the time it takes to pass one concern to a partner and follow it up", _JUDGED, "untested"),
    ("search_hours", 0.75, 0.2, 3.0, "officer-hours", "the time one search takes, travel and record included", _JUDGED, "untested"),
    ("training_cost", 0.04, 0.0, 0.05, "share of neighbourhood hours", "what a full training programme a year costs", "two weeks a year", "expert view"),
    ("leadership_cost", 0.03, 0.0, 0.05, "share of neighbourhood hours", "what full leadership effort costs", _JUDGED, "untested"),
    ("answers_at_most", 0.4, 0.1, 0.8, "share of engagement hours", "how much of the engagement hours answers may take", _JUDGED, "untested"),
    ("passing_on_at_most", 0.2, 0.05, 0.5, "share of engagement hours", "how much of the engagement hours that answers leave passing on may take", _JUDGED, "untested"),
    ("officer_week", 36.0, 30.0, 45.0, "hours", "the hours an officer works in a week", "Police Regulations, leave taken off", "expert view"),
    ("response_part", 0.35, 0.1, 0.7, "share of officers' time", "how much of the force's time is response", "HMICFRS value for money profiles", "expert view"),
    ("team_part", 0.25, 0.05, 0.6, "share of neighbourhood posts", "how many of the neighbourhood posts are in the specialist team", _JUDGED, "untested"),
    ("spare_response_stops", 0.03, 0.0, 0.3, "share of spare response hours", "how much of spare response time goes into searches", _JUDGED, "untested"),
    ("absolve", 0.4, 0.0, 0.8, "share per share", "how far generalists give up their own engagement as specialists take over", _SEED, "untested"),
    ("reluctance", 0.3, 0.0, 0.9, "share per share", "how far officers who are not open leave their engagement undone", _SEED, "untested"),
)
_REACH = _table(
    ("drift_to_ease", 0.6, 0.0, 2.0, "weight per standard deviation", "how strongly officers who are not open at all drift towards those easy to reach", _SEED, "untested"),
    ("door_by_voice", 1.25, 0.0, 2.0, "weight per standard deviation", "how strongly voice brings people through the open door", "Skogan & Hartnett 1997, who comes to beat meetings", "expert view"),
    ("door_floor", 0.1, 0.01, 1.0, _SHARE, "coming through the door of those who do not believe that it helps", _JUDGED, "untested"),
    ("cost_selects", 0.383, 0.0, 1.5, "weight per standard deviation", "how much more the longer forms of engagement are taken up by those who speak up", "Community Life Survey, cost of taking part and who does", "expert view"),
    ("familiar_faces", 1.0, 0.0, 4.0, "weight per share", "how strongly officers go to publics they know", _SEED, "untested"),
    ("mobilising", 2.33, 0.0, 8.0, "ratio per share", "how far an association with full energy raises its members' turnout", "Skogan & Hartnett 1997", "expert view"),
    ("member_share", 0.368, 0.02, 0.8, _SHARE, "members of an association of full strength, as a share of its public", _JUDGED, "untested"),
    ("members_by_voice", 0.532, 0.0, 2.0, "log-odds per standard deviation", "how far membership leans to those who speak up", _SEED, "untested"),
    ("passes_word", 0.5, 0.0, 1.0, "chance", "how readily a member passes on what they learned through an association of full energy and strength", _JUDGED, "untested"),
    ("loudness_by_voice", 0.8, 0.0, 2.0, "log weight per standard deviation", "how much louder those with more voice are heard", _SEED, "untested"),
    ("lobbying", 0.5, 0.0, 3.0, "heard weight per 1,000 people a week", "how much an association with full strength, energy and access adds to what is heard", _SEED, "untested"),
    ("heard_fades", 0.08, 0.01, 0.5, _WEEK, "how fast what was heard goes out of mind", _JUDGED, "untested"),
)
_CONCERNS = _table(
    ("hours_reach_concern", 0.25, 0.02, 1.0, "per hour per 1,000", "how readily an hour of problem solving per 1,000 people reaches a waiting concern", "Tuffin, Morris & Poole 2006, HORS 296", "untested"),
    ("waiting_that_stretches", 12.0, 2.0, 60.0, "waiting concerns per 1,000 people", "the number of waiting concerns that hours are meant for", _JUDGED, "untested"),
    ("promise_lifts", 0.10, 0.0, 0.4, _PUSH, "how far a promise lifts what a resident expects", _FAVERO, "expert view"),
    ("plan_corrects", 0.25, 0.0, 0.8, "share of the gap", "how far a plan discussed brings expectation to what is delivered", _FAVERO, "expert view"),
    ("plan_moves_trust", 0.03, 0.0, 0.15, _PUSH, "how far a plan discussed lifts trust", _SEED, "untested"),
    ("kept_moves_trust", 0.03, 0.0, 0.2, _PUSH, "how far a concern acted on lifts trust", _REISIG, "untested"),
    ("kept_moves_confidence", 0.08, 0.0, 0.3, _PUSH, "how far a concern acted on lifts confidence", _REISIG, "untested"),
    ("kept_moves_belief", 0.15, 0.0, 0.5, _PUSH, "how far a concern acted on lifts the belief that speaking up helps", _SEED, "untested"),
    ("answer_moves_trust", 0.04, 0.0, 0.2, _PUSH, "how far an answer lifts trust", "Skogan 2006; Wheller et al. 2013, keeping people informed", "expert view"),
    ("answer_moves_confidence", 0.02, 0.0, 0.2, _PUSH, "how far an answer lifts confidence", "Skogan 2006", "expert view"),
    ("answer_moves_belief", 0.08, 0.0, 0.5, _PUSH, "how far an answer lifts the belief that speaking up helps", _SEED, "untested"),
    ("why_not_counts", 0.5, 0.0, 1.0, _SHARE, "the weight of an answer that says why not, against one that says when", _SEED, "untested"),
    ("broken_moves_trust", 0.05, 0.0, 0.2, _PUSH, "how far a broken promise lowers trust", _FAVERO, "untested"),
    ("broken_moves_confidence", 0.08, 0.0, 0.3, _PUSH, "how far a broken promise lowers confidence", _FAVERO, "expert view"),
    ("broken_moves_belief", 0.20, 0.0, 0.5, _PUSH, "how far a broken promise lowers the belief that speaking up helps", _SEED, "untested"),
    ("ignored_counts", 0.5, 0.0, 1.0, _SHARE, "the weight of a concern never answered, against a promise broken", _SEED, "untested"),
    ("partner_blame", 0.7, 0.0, 1.0, _SHARE, "the weight of a partner's failure, against one by the police", _SEED, "untested"),
    ("belief_returns", 0.01, 0.001, 0.05, _WEEK, "how fast belief in speaking up returns to a personal level", _JUDGED, "untested"),
    ("expectation_follows", 0.421, 0.0, 0.8, _SHARE, "how much of what residents should get follows what they have come to foresee", _FAVERO, "expert view"),
    ("news_moves_foresight", 0.10, 0.01, 0.5, _SHARE, "how far one outcome moves what a resident foresees", _FAVERO, "expert view"),
    ("bad_news_moves_more", 1.6, 1.0, 3.0, "ratio", "how much more bad news than good moves what a resident foresees", _FAVERO, "single study"),
)
_SERVICE = _table(
    ("report_base", 0.58, 0.2, 0.95, "chance", "how likely an incident is reported", "Office for National Statistics 2012: 23 % contacted the police in a year", "single study"),
    ("report_by_trust", 0.17, 0.0, 1.0, "share per share", "how much reporting moves with trust", "Xie, Pogarsky, Lynch & McDowall 2006", "expert view"),
    ("resolve_base", 0.599, 0.1, 0.8, "chance", "how likely a reported incident is resolved with full capacity", "Office for National Statistics 2012, satisfaction of callers", "expert view"),
    ("cooperation_helps", 0.664, 0.0, 2.0, "share per share", "how much willing residents make police hours go further", "Sampson, Raudenbush & Earls 1997; Tyler & Fagan 2008", "untested"),
    ("cooperation_threshold", 0.388, 0.2, 0.8, _SHARE, "the mean of trust and legitimacy at which half a public would pass information on", "Tyler & Fagan 2008", "expert view"),
    ("cooperation_spread", 0.22, 0.1, 0.5, _SHARE, "how far residents of a public differ around that threshold", "Tyler & Fagan 2008", "expert view"),
    ("call_strain", 0.114, 0.0, 0.3, _SHARE, "how much less attentive a call feels than a friendly contact", _JUDGED, "untested"),
    ("call_moves_trust", 0.617, 0.0, 0.8, _PUSH, "how far a call moves trust per unit of quality", _OLIVEIRA, "single study"),
    ("call_moves_confidence", 0.432, 0.0, 0.8, _PUSH, "how far a call moves confidence per unit of satisfaction", _OLIVEIRA, "single study"),
    ("neutral_satisfaction", 0.58, 0.3, 0.7, _SHARE, "the satisfaction with a call that leaves confidence as it was", _OLIVEIRA, "expert view"),
    ("bad_calls_weigh_more", 2.54, 1.0, 5.0, "ratio", "how much more a bad call than a good one moves confidence", _OLIVEIRA, "single study"),
    ("bad_contact_weighs_more", 1.0, 0.7, 3.0, "ratio", "how much more a bad than a good meeting moves trust", _OLIVEIRA, "single study"),
    ("treatment_satisfies", 0.6, 0.0, 1.5, "share per share", "how much treatment counts for satisfaction", _REISIG, "expert view"),
    ("result_satisfies", 0.198, 0.0, 1.0, "share per share", "how much the result counts for satisfaction", _REISIG, "expert view"),
    ("gap_bites", 0.124, 0.0, 1.5, "share per share", "how much expecting more than one gets spoils satisfaction with a call", _REISIG, "single study"),
    ("solving_power", 0.0213, 0.0, 0.3, "per hour per 1,000 a week", "how far an hour of problem solving per 1,000 people lowers disorder on one topic", "Weisburd et al. 2010, problem-oriented policing", "expert view"),
    ("patrol_deters", 0.001, 0.0, 0.02, "per hour per 1,000 a week", "how far an hour of foot patrol per 1,000 people lowers disorder", "Braga, Turchan, Papachristos & Hureau 2019", "expert view"),
    ("disorder_returns", 0.0388, 0.005, 0.2, _WEEK, "how fast disorder returns when nobody works on it", "Weisburd et al. 2010", "untested"),
)
_STOPS = _table(
    ("known_draws_stops", 4.0, 0.0, 20.0, "ratio per share", "how strongly being known draws searches", "Home Office, year to March 2022: 66 % of searches on 13 % of people", "expert view"),
    ("blame_draws_stops", 1.0, 0.0, 5.0, "ratio", "how strongly blame in what is heard draws searches, at full lay weight", _SEED, "untested"),
    ("openness_tempers_suspicion", 0.5, 0.0, 1.5, "exponent per share", "how far open officers look past what is believed of a public", _SEED, "untested"),
    ("detachment", 0.34, 0.0, 0.9, _SHARE, "how far searches follow actual involvement when professionals set priorities", _SEED, "untested"),
    ("care_from_work", 1.0, 0.0, 4.0, "per hour per 1,000", "how far an hour of work on being over-policed turns searches to evidence", _SEED, "untested"),
    ("found_by_chance", 0.15, 0.0, 0.5, "chance", "how likely a search of someone not involved finds something", "Home Office 2018/19: 76 % of searches find nothing", "single study"),
    ("found_by_involvement", 0.5, 0.0, 1.0, "chance", "how much likelier a search of someone fully involved finds something", "Home Office 2018/19: 76 % of searches find nothing", "expert view"),
    ("search_makes_known", 0.2, 0.0, 0.6, _PUSH, "how far a search makes a person known to officers", _SEED, "untested"),
    ("find_makes_known", 0.5, 0.0, 0.9, _PUSH, "how far a search that finds something makes a person known", _SEED, "untested"),
    ("label_fades", 0.005, 0.0, 0.05, _WEEK, "how fast a person stops being known", _JUDGED, "untested"),
    ("known_at_start", 0.0798, 0.0, 0.6, "scale", "how well known the most visible residents are at the start", _JUDGED, "untested"),
    ("search_strain", 0.21, 0.0, 0.5, _SHARE, "how much worse a search feels than a friendly contact", "Youth Endowment Fund survey", "expert view"),
    ("search_moves_trust", 0.35, 0.0, 1.0, _PUSH, "how far a search moves trust per unit of quality", "Australian panel of Oliveira et al. 2021", "single study"),
    ("search_moves_confidence", 0.15, 0.0, 0.8, _PUSH, "how far a search moves confidence per unit of quality", _OLIVEIRA, "expert view"),
    ("severe_share", 0.06, 0.0, 0.4, _SHARE, "how many searches are severe", _JUDGED, "untested"),
    ("severe_costs", 0.25, 0.0, 0.8, _PUSH, "how far a severe search lowers trust and (half as much) legitimacy", _DEVINE, "untested"),
    ("traffic_strain", 0.0247, 0.0, 0.4, _SHARE, "how much worse a traffic stop feels than a friendly contact", "Mazerolle et al. 2012, J Exp Criminol 8", "expert view"),
    ("traffic_moves_trust", 0.3, 0.0, 0.6, _PUSH, "how far a traffic stop moves trust per unit of quality", "Mazerolle et al. 2012, J Exp Criminol 8", "single study"),
)
_TALK = _table(
    ("hearsay", 0.629, 0.0, 1.0, _SHARE, "how much of a friend's experience moves the listener", _ROSENBAUM, "expert view"),
    ("story_fades", 0.16, 0.05, 0.9, _WEEK, "how fast a story stops being told", "Marist College study: hearsay explains about as much as own contact", "untested"),
    ("ties_pull", 0.00116, 0.0, 0.03, _SHARE, "how far one talk pulls towards the other's view", _DEVINE, "untested"),
    ("naming", 0.779, 0.0, 2.0, "chance per share", "how readily a raised concern names people where lines are hard", _SEED, "untested"),
    ("blame_hardens", 0.004, 0.0, 0.05, "push a week", "how far being blamed hardens lines", _SEED, "untested"),
    ("stops_harden", 0.0008, 0.0, 0.02, "push a week", "how far being searched out of proportion hardens lines", _SEED, "untested"),
    ("passed_over_hardens", 0.003, 0.0, 0.05, "push a week", "how far being passed over for service hardens lines", _SEED, "untested"),
    ("meeting_softens", 0.004, 0.0, 0.05, _PUSH, "how far a talk with a tie in another public softens lines", "Pettigrew & Tropp 2006; Paluck et al. 2019", "expert view"),
    ("ethnic_lines_soften_less", 0.7, 0.2, 1.0, "ratio", "how much less a talk across ethnic lines softens than one across others", "Paluck et al. 2019", "review"),
    ("forum_softens", 0.15, 0.0, 0.6, _PUSH, "how far a good mixed forum softens lines of those in it", "Pettigrew & Tropp 2006", "expert view"),
    ("lines_return", 0.00514, 0.001, 0.1, _WEEK, "how fast lines return to a personal level", _JUDGED, "untested"),
    ("blame_moves_trust", 0.00401, 0.0, 0.03, "push a week", "how far being blamed lowers trust of a public", _SEED, "untested"),
    ("passed_over_moves_confidence", 0.002, 0.0, 0.03, "push a week", "how far being passed over for service lowers confidence of a public", _SEED, "untested"),
    ("blame_seen_partial", 0.004, 0.0, 0.05, "push a week", "how far being blamed makes the police seem partial", _SEED, "untested"),
    ("stops_seen_partial", 0.001, 0.0, 0.02, "push a week", "how far searches out of proportion make the police seem partial", _SEED, "untested"),
    ("passed_over_seen_partial", 0.004, 0.0, 0.05, "push a week", "how far being passed over makes the police seem partial", _SEED, "untested"),
    ("capture_seen_partial", 0.02, 0.0, 0.3, "push a week", "how far priorities that follow the loudest make the police seem partial", _SEED, "untested"),
    ("contact_seen_impartial", 0.10, 0.0, 0.5, _PUSH, "how far a meeting moves perceived impartiality per unit of quality", "Bradford 2014, procedural justice and identity", "expert view"),
    ("impartiality_returns", 0.01, 0.001, 0.1, _WEEK, "how fast perceived impartiality returns to a personal level", _JUDGED, "untested"),
    ("legitimacy_follows_trust", 0.004, 0.0, 0.05, "share a week", "how fast legitimacy follows trust", "Tyler & Fagan 2008; Jackson et al. 2012", "expert view"),
    ("legitimacy_follows_confidence", 0.0015, 0.0, 0.05, "share a week", "how fast legitimacy follows confidence", "Jackson et al. 2012", "expert view"),
    ("legitimacy_follows_impartiality", 0.002, 0.0, 0.05, "share a week", "how fast legitimacy follows perceived impartiality", "Bradford 2014", "expert view"),
    ("incident_shocks", 0.30, 0.0, 0.9, _PUSH, "how far a critical incident of full severity lowers trust of the public that feels it", "Weitzer 2002; Desmond, Papachristos & Kirk 2016", "single study"),
    ("campaign_moves", 0.0367, 0.0, 0.3, _PUSH, "how far a media campaign of full tone moves trust and confidence of those it reaches", _COPPOCK, "expert view"),
)
_POLICE = _table(
    ("norm_pulls", 0.02, 0.0, 0.2, _WEEK, "how fast officers' openness follows their colleagues'", "Worden & McLean 2017", "expert view"),
    ("culture_pulls", 0.02, 0.0, 0.2, _WEEK, "how fast openness follows the culture inside the force", "Wolfe & Piquero 2011; Bradford & Quinton 2014", "expert view"),
    ("fairness_inside_matters", 0.4, 0.0, 1.0, "share per share", "how much fair treatment inside the force raises openness", "Bradford & Quinton 2014; Trinkner, Tyler & Goff 2016", "single study"),
    ("leadership_lifts_fairness", 0.5, 0.0, 1.0, _SHARE, "how far full leadership effort lifts fairness inside", "Bradford & Quinton 2014", "untested"),
    ("leadership_lifts_openness", 0.3, 0.0, 1.0, _SHARE, "how far full leadership effort lifts openness", _SEED, "untested"),
    ("contacts_reward", 0.002, 0.0, 0.05, "push per unit of quality", "how far good contacts open an officer up", _SEED, "untested"),
    ("officer_spread", 0.10, 0.0, 0.3, "standard deviation", "how far officers differ in skill and openness", "Worden & McLean 2017", "expert view"),
    ("learning", 2.73e-05, 0.0, 0.01, _PUSH, "how far one contact improves an officer's skill", _JUDGED, "untested"),
    ("familiarity_by_contact", 0.0015, 0.0, 0.02, _PUSH, "how far one two-way contact makes an officer familiar with a public", _SEED, "untested"),
    ("familiarity_fades", 0.01, 0.0, 0.1, _WEEK, "how fast familiarity fades without contact", _JUDGED, "untested"),
    ("tiring", 0.1, 0.01, 0.5, _WEEK, "how fast officers tire under load, and recover", _JUDGED, "untested"),
    ("energy_follows_success", 0.03, 0.0, 0.3, _WEEK, "how fast an association's energy follows success", _SEED, "untested"),
    ("energy_fades", 0.01, 0.0, 0.1, _WEEK, "how fast an association's energy returns to rest when nothing is answered", _SEED, "untested"),
    ("energy_at_rest", 0.3, 0.0, 1.0, _SHARE, "energy of an association that is never answered", _SEED, "untested"),
    ("withdraw_below", 0.15, 0.0, 0.5, _SHARE, "the energy below which an association withdraws", _SEED, "untested"),
    ("host_above", 0.25, 0.0, 0.9, _SHARE, "the energy, less its public's hardness over four, that an association needs to host a mixed forum", _SEED, "untested"),
    ("access_follows_contact", 0.3, 0.0, 1.0, "share per share", "how far access follows two-way contact with a public", _SEED, "untested"),
    ("access_rate", 0.02, 0.0, 0.2, _WEEK, "how fast access follows", _JUDGED, "untested"),
    ("contact_opens_doors", 0.06, 0.0, 0.5, "per hour per 1,000", "how readily hours of patrol and engagement make an officer reachable", _JUDGED, "untested"),
)
# fmt: on

ASSUMPTIONS: dict[str, Declared] = {
    **_ATTITUDES,
    **_CONTACT,
    **_EFFORT,
    **_REACH,
    **_CONCERNS,
    **_SERVICE,
    **_STOPS,
    **_TALK,
    **_POLICE,
}
