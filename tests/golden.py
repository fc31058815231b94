"""The golden numbers of the three shipped organizations, and what else each was written to show."""

from dataclasses import dataclass

ROOT = "overall"


@dataclass(frozen=True)
class Golden:
    """What one sample must show: native points, the root on 0..100, ids of gates, clashes, questions, initiatives.

    beyond: those of the gates that limit a criterion which has not come as far, so that nobody has to read of them.
    """

    criteria: dict[str, tuple[int, ...]]
    points: dict[str, float]
    overall: float
    binding: frozenset[tuple[str, str]]
    gates: frozenset[str]
    beyond: frozenset[str]
    flags: frozenset[str]
    clashes: frozenset[str]
    open_conflicts: frozenset[str]
    settled: frozenset[str]
    over_claimed: frozenset[str]
    unproved_warnings: frozenset[str]
    planned: frozenset[str]
    not_first: frozenset[str]
    headline: str


GOLDEN = {
    "trumpet_thistle": Golden(
        criteria={
            "lwp": (1, 1, 0, 0),
            "ask": (0, 1, 1, 0),
            "emp": (2, 0, 1, 1),
            "frs": (1, 1, 0, 0, 0),
            "btr": (1, 1, 0, 1, 1),
            "pur": (1, 1, 1, 1),
            "chn": (1, 1, 1, 2, 1),
            "rsp": (2, 2, 0, 1, 1),
            "adv": (1, 2, 2, 1),
            "inn": (1, 2, 0, 1, 1),
            "led": (2, 2, 1, 1),
        },
        points={
            "lwp": 0.5,
            "ask": 0.5,
            "emp": 1.0,
            "frs": 0.4,
            "btr": 0.8,
            "pur": 1.0,
            "chn": 1.2,
            "rsp": 1.2,
            "adv": 1.0,
            "inn": 1.0,
            "led": 1.5,
        },
        overall=21.399,
        binding=frozenset({("adv_paid_undisclosed", "adv"), ("chn_silent_exit", "chn_exit")}),
        gates=frozenset(
            {
                "adv_community_idea_fate_cap",
                "adv_community_ideas_weighed_cap",
                "adv_conduct_after_sale_cap",
                "adv_conduct_kinds_cap",
                "adv_meeting_place_kept_cap",
                "adv_paid_undisclosed",
                "adv_reach_rule_cap",
                "ask_gap_very_wide",
                "ask_gap_wide",
                "ask_nobody_asked",
                "ask_value_unasked",
                "btr_limit_withheld",
                "btr_override_unexplained",
                "btr_reasons_unspecific",
                "btr_slogan_only",
                "chn_dormant_unannounced",
                "chn_silent_exit",
                "chn_unowned_channel",
                "emp_identical_replies",
                "emp_no_executive_hours",
                "frs_no_own_brief",
                "frs_no_team",
                "frs_nobody_unpaid",
                "frs_nobody_vouches",
                "frs_red_line_hired",
                "frs_vendors_only",
                "inn_journey_added_cap",
                "inn_links_as_relation",
                "inn_part_alone_cap",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_mood_compared_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_own_words_cap",
                "led_functions_obstacles_cap",
                "led_staff_private_cap",
                "led_staff_rules_cap",
                "led_staff_support_cap",
                "lwp_complaints_only",
                "lwp_counts_only",
                "lwp_little_interpreting",
                "lwp_no_changed_decision",
                "lwp_no_written_purpose",
                "lwp_privacy_unassessed",
                "pur_audience_only",
                "pur_tool_first",
                "rsp_broadcast",
                "rsp_disproved_standing",
            }
        ),
        beyond=frozenset(
            {
                "adv_community_idea_fate_cap",
                "adv_community_ideas_weighed_cap",
                "adv_conduct_after_sale_cap",
                "adv_conduct_kinds_cap",
                "adv_meeting_place_kept_cap",
                "inn_journey_added_cap",
                "inn_part_alone_cap",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_mood_compared_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_own_words_cap",
                "led_functions_obstacles_cap",
                "led_staff_private_cap",
                "led_staff_rules_cap",
                "led_staff_support_cap",
            }
        ),
        flags=frozenset(
            {
                "ask_forecast_untested",
                "btr_open_band",
                "chn_load_band",
                "emp_people_unnamed",
                "frs_copied_advice",
                "rsp_no_crisis_voice",
            }
        ),
        clashes=frozenset(
            {
                "adv_ambassadors_paid",
                "adv_reach_one_number",
                "ask_known_unasked",
                "ask_picture_unsourced",
                "ask_portraits_unseen",
                "ask_sure_unmarked",
                "ask_words_against_use",
                "btr_open_in_words",
                "btr_you_decide_overridden",
                "chn_ours_on_rented_ground",
                "chn_staying_while_silent",
                "emp_close_without_hours",
                "emp_first_but_leaving",
                "emp_personal_by_template",
                "emp_value_unfelt",
                "emp_value_unwanted",
                "emp_visits_unseen",
                "frs_proven_by_whom",
                "inn_choices_unseen",
                "inn_joint_or_polled",
                "inn_personal_blasts",
                "inn_strong_without_contact",
                "led_policy_unknown",
                "led_vision_before_research",
                "led_wide_in_words",
                "lwp_quiet_but_leaving",
                "lwp_strategy_unread",
                "pur_outcomes_and_follower_bonus",
                "pur_outcomes_not_in_pack",
                "rsp_conversation_by_sending",
                "rsp_empowered_must_ask",
                "rsp_quick_by_claim",
                "rsp_quick_unfelt",
            }
        ),
        open_conflicts=frozenset(
            {
                "ask_expectations_asked",
                "emp_contact_hours",
                "lwp_decisions_changed",
                "pur_value_figures",
                "rsp_coverage_time",
            }
        ),
        settled=frozenset(),
        over_claimed=frozenset({"emp_meal"}),
        unproved_warnings=frozenset(),
        planned=frozenset({"i01", "i08", "i09", "i15", "i30", "i37", "i38"}),
        not_first=frozenset({"i43", "i47"}),
        headline="You talk 23 times for each answer, and have asked almost nobody.",
    ),
    "quietwater": Golden(
        criteria={
            "lwp": (3, 2, 2, 1),
            "ask": (3, 2, 3, 2),
            "emp": (2, 3, 2, 1),
            "frs": (3, 1, 1, 3, 1),
            "btr": (1, 1, 0, 2, 1),
            "pur": (3, 1, 2, 2),
            "chn": (3, 3, 1, 3, 2),
            "rsp": (0, 1, 1, 0, 3),
            "adv": (0, 0, 0, 0),
            "inn": (1, 1, 2, 1, 1),
            "led": (3, 1, 1, 2),
        },
        points={
            "lwp": 2.0,
            "ask": 2.5,
            "emp": 2.0,
            "frs": 1.8,
            "btr": 1.0,
            "pur": 2.0,
            "chn": 2.4,
            "rsp": 1.0,
            "adv": 0.0,
            "inn": 1.2,
            "led": 1.75,
        },
        overall=29.642,
        binding=frozenset(),
        gates=frozenset(
            {
                "adv_community_idea_fate_cap",
                "adv_community_ideas_weighed_cap",
                "adv_conduct_after_sale_cap",
                "adv_conduct_kinds_cap",
                "adv_reach_rule_cap",
                "btr_reasons_unspecific",
                "btr_slogan_only",
                "frs_nobody_vouches",
                "inn_journey_added_cap",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_mood_compared_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_newsletter_reviewed_cap",
                "inn_terms_own_data_cap",
                "led_functions_obstacles_cap",
                "led_staff_private_cap",
                "led_staff_rules_cap",
                "lwp_little_interpreting",
                "rsp_broadcast",
                "rsp_no_map",
                "rsp_nobody_named",
            }
        ),
        beyond=frozenset(
            {
                "adv_community_idea_fate_cap",
                "adv_community_ideas_weighed_cap",
                "adv_conduct_after_sale_cap",
                "adv_conduct_kinds_cap",
                "adv_reach_rule_cap",
                "inn_journey_added_cap",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_newsletter_reviewed_cap",
                "inn_terms_own_data_cap",
                "led_functions_obstacles_cap",
                "led_staff_private_cap",
                "led_staff_rules_cap",
            }
        ),
        flags=frozenset({"ask_forecast_untested", "ask_gap_untold", "btr_open_band"}),
        clashes=frozenset({"btr_reasons_not_on_record", "btr_reasons_not_received", "led_policy_unknown"}),
        open_conflicts=frozenset({"btr_decision_reasons"}),
        settled=frozenset({"btr_rights_charter", "rsp_presence_places"}),
        over_claimed=frozenset({"lwp_purpose", "emp_moment", "lwp", "emp", ROOT}),
        unproved_warnings=frozenset({"emp_moment_fit"}),
        # I-03 and I-05 add too little by themselves here; only a decision brings them. I-06 and I-21 find no room.
        planned=frozenset({"i19", "i20", "i37", "i38"}),
        not_first=frozenset({"i42", "i43", "i47"}),
        headline="You listen well and leave customers to guess why.",
    ),
    "lanternfolk": Golden(
        criteria={
            "lwp": (0, 1, 2, 2),
            "ask": (2, 1, 2, 2),
            "emp": (3, 4, 3, 2),
            "frs": (0, 3, 2, 2, 4),
            "btr": (2, 2, 3, 2, 2),
            "pur": (0, 0, 1, 1),
            "chn": (1, 0, 1, 4, 1),
            "rsp": (2, 2, 3, 3, 3),
            "adv": (3, 3, 1, 4),
            "inn": (2, 2, 3, 2, 4),
            "led": (1, 2, 1, 0),
        },
        points={
            "lwp": 1.0,
            "ask": 1.75,
            "emp": 3.0,
            "frs": 1.0,
            "btr": 2.2,
            "pur": 0.5,
            "chn": 1.4,
            "rsp": 2.6,
            "adv": 2.75,
            "inn": 2.6,
            "led": 1.0,
        },
        overall=39.603,
        binding=frozenset({("lwp_purpose", "lwp"), ("frs_homework", "frs")}),
        gates=frozenset(
            {
                "adv_conduct_after_sale_cap",
                "adv_reach_rule_cap",
                "chn_dormant_unannounced",
                "chn_silent_exit",
                "chn_unowned_channel",
                "frs_no_own_brief",
                "frs_no_team",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_newsletter_reviewed_cap",
                "inn_terms_own_data_cap",
                "led_functions_obstacles_cap",
                "led_no_owner",
                "led_staff_private_cap",
                "led_staff_rules_cap",
                "lwp_counts_only",
                "lwp_little_interpreting",
                "lwp_no_written_purpose",
                "lwp_privacy_unassessed",
                "pur_audience_only",
                "pur_tool_first",
            }
        ),
        beyond=frozenset(
            {
                "adv_conduct_after_sale_cap",
                "adv_reach_rule_cap",
                "inn_picture_both_ways_cap",
                "inn_picture_planned_cap",
                "inn_relation_steer_list_cap",
                "inn_terms_access_cap",
                "inn_terms_own_data_cap",
                "led_functions_obstacles_cap",
                "led_staff_private_cap",
                "led_staff_rules_cap",
            }
        ),
        flags=frozenset(
            {
                "ask_forecast_untested",
                "chn_load_band",
                "emp_people_unnamed",
                "frs_copied_advice",
                "led_no_sponsor",
                "rsp_no_crisis_voice",
            }
        ),
        clashes=frozenset(
            {
                "ask_sure_unmarked",
                "ask_picture_unsourced",
                "frs_circle_alike",
                "frs_dissent_unrecorded",
                "pur_objective_on_slide",
                "chn_staying_while_silent",
                "chn_ours_on_rented_ground",
            }
        ),
        open_conflicts=frozenset({"lwp_purpose_streams", "pur_order_dates"}),
        settled=frozenset({"frs_coverage_map"}),
        over_claimed=frozenset({"btr", "btr_alternatives", "emp", "emp_harm", "emp_meal", "frs_dissent", ROOT}),
        unproved_warnings=frozenset({"emp_harm_habits", "frs_dissent_voiced"}),
        planned=frozenset({"i08", "i25", "i30", "i52", "i57", "i11", "i27"}),
        not_first=frozenset(),
        headline="would do anything",
    ),
}
