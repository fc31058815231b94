"""What counts of people some of whom are anonymous."""

from assess.collect.counting import count_answers
from assess.collect.raw import Collected, Respondent


def counted_of(rubric, told, *, anonymous=(), **more):
    """What counts of a sheet of voices; those in a role that is anonymous, by the rubric or here, are anonymous.

    more: what else holds for each of these anonymous people, such as alone=True.
    """
    hidden = {*rubric.policies.anonymous, *anonymous}
    people = tuple(
        Respondent(
            f"p{place}", voice.role, voice.answers, **({"anonymous": True, **more} if voice.role in hidden else {})
        )
        for place, voice in enumerate(told.voices)
    )
    return count_answers(rubric, Collected(told.engagement, people, told.settled)).sheet
