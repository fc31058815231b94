"""The golden numbers of the sample that is a draft of the core tier.

Points of several roles are means, the lowest where executives and the front line disagree.
"""

from golden_form import ROOT, Golden

WILLOWBRACE = Golden(
    criteria={
        "lwp": (1, 1, 1.25),
        "ask": (1.75, 1, 0.75),
        "emp": (0.5, 1.25),
        "frs": (0.5, 1.75),
        "btr": (1, 3),
        "pur": (1, 1.5),
        "chn": (0.25, 1, 2),
        "rsp": (1.25, 5 / 6, 1 / 3, None),
        "adv": (1, 3),
        "inn": (0, 1, 1.25, 1.5),
        "led": (1, 1.25, 2.25),
    },
    points={
        "lwp": 13 / 12,
        "ask": 1.0,
        "emp": 0.875,
        "frs": 1.125,
        "btr": 2.0,
        "pur": 1.25,
        "chn": 13 / 12,
        "rsp": 29 / 36,
        "adv": 2.0,
        "inn": 0.9375,
        "led": 1.0,
    },
    overall=28.619,
    binding=frozenset({("ask_nobody_asked", "ask"), ("led_no_owner", "led")}),
    gates=frozenset(
        {
            "ask_gap_wide",
            "ask_nobody_asked",
            "btr_slogan_only",
            "chn_dormant_unannounced",
            "chn_unowned_channel",
            "frs_no_own_brief",
            "frs_no_team",
            "frs_nobody_vouches",
            "led_no_owner",
            "lwp_counts_only",
            "lwp_no_written_purpose",
            "lwp_privacy_unassessed",
            "pur_tool_first",
            "rsp_nobody_named",
            "rsp_unmeasured",
        }
    ),
    beyond=frozenset(),
    flags=frozenset({"chn_load_band", "led_no_sponsor"}),
    clashes=frozenset({"btr_reaction_unknown", "emp_visits_unseen"}),
    open_conflicts=frozenset({"emp_contact_hours"}),
    settled=frozenset(),
    over_claimed=frozenset({"chn_proximity", "chn", ROOT}),
    unproved_warnings=frozenset(),
    planned=frozenset({"i08", "i15", "i30", "i38", "i57"}),
    not_first=frozenset({"i38", "i42", "i47"}),
    headline="Your patients answer each other; whether you answer them is left to chance.",
)
