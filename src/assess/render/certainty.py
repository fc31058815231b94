"""How sure a document may sound: who was heard and who was not, what is shown, and what was only said."""

from collections.abc import Iterator

from assess.formula.certainty import anonymity, scored, share_filled, who
from assess.model.findings import Finding
from assess.model.nodes import walk
from assess.model.rubric import ROOT
from assess.numbers import TOLERANCE, counted
from assess.render.context import DASH, RenderContext, as_sentence
from assess.render.markdown import Markdown, concat, link
from assess.render.tables import Row


def sureness(case: RenderContext) -> Markdown:
    """What a reader of the score must know of it: voices, answers asked for and given, evidence, and open ends."""
    found, root = case.certainties[ROOT], case.root
    staff = case.sheet.engagement.organization.staff
    told = (
        who(case.rubric, found, staff),
        _silence(case),
        anonymity(case.rubric, found),
        _drafts(case),
        share_filled(found),
    )
    parts: list[Markdown | str] = [" ".join(filter(None, told)), f" {scored(found)}, "]
    parts += [link(f"{found.backed} of them shown by evidence", "appendix-b")]
    if root.low is not None and root.high is not None and root.high - root.low > TOLERANCE:
        parts.append(f"; the score lies between {' and '.join(case.between(ROOT))}")
    if case.drawn and case.drawn_ends(ROOT):
        parts += ["; ", link(f"nine of ten draws lie within {case.drawn_ends(ROOT)}", "part-sure")]
    claimed = case.points(ROOT, root.claimed)
    if root.claimed is not None and root.value is not None and claimed != case.now(ROOT):
        parts.append(f"; as claimed, without the rule on evidence, it would be {claimed}")
    return concat((*parts, "."))


def _drafts(case: RenderContext) -> str:
    """How many answers files were not submitted when the document was written."""
    drafts, files = sum(case.sheet.drafts().values()), sum(case.sheet.heads().values())
    if not drafts:
        return ""
    issued = "This issue is final, but " if case.sheet.engagement.status == "final" else ""
    are = "is a draft" if drafts == 1 else "are drafts"
    return f"{issued}{drafts} of {counted(files, 'answers file', 'answers files')} {are}."


def _silence(case: RenderContext) -> str:
    """The roles that were not heard, those the plan gives work to apart."""
    owners, found = unheard_owners(case), case.certainties[ROOT]
    rest = [title for role in found.silent if (title := case.role(role)) not in owners]
    others = f"Not heard: {', '.join(rest)}." if rest else ""
    working = f"Not heard, and given work by the plan: {', '.join(owners)}." if owners else ""
    return f"{others} {working}".strip()


def unheard_owners(case: RenderContext) -> tuple[str, ...]:
    """The titles of the roles that get work from the plan and in which nobody answered."""
    spoke = case.sheet.heads()
    owners = {placement.owner for placement in case.plan.placements}
    return tuple(role.title for role in case.rubric.roles if role.id in owners and role.id not in spoke)


def heard(case: RenderContext, node: str) -> str:
    """How many of the roles asked about a node were heard."""
    voices = case.certainties[node].voices
    return f"{sum(bool(voice.heard) for voice in voices)} of {len(voices)}" if voices else DASH


def works(case: RenderContext, strength: Finding) -> str:
    """A strength as a sentence, with a word where it rests on answers alone."""
    said = " ".join((as_sentence(strength.told or strength.title), *strength.lowered))
    below = {question.id for node in walk(case.rubric.node_by_id[strength.node]) for question in node.questions}
    return said if below & case.backed else f"{said} So it was answered; nothing was shown for it."


def roles(case: RenderContext) -> Iterator[Row]:
    """Every role that is asked, invited or heard: how many, and how much of what it was asked it answered."""
    voices = {voice.role: voice for voice in case.certainties[ROOT].voices}
    invited = case.sheet.engagement.invited
    for role in case.rubric.roles:
        answered = case.sheet.heads().get(role.id, 0)
        if role.id in voices or answered or role.id in invited:
            asked, filled = (voices[role.id].asked, voices[role.id].filled) if role.id in voices else (0, 0)
            yield role.title, invited.get(role.id, DASH), answered, asked, filled


def roles_of_one_person(case: RenderContext) -> tuple[str, ...]:
    """The titles of the roles of people in which one person answered."""
    heads, shy = case.sheet.heads(), case.sheet.shy
    return tuple(r.title for r in case.rubric.roles if r.people and heads.get(r.id) == 1 and not shy.get(r.id))


def submitted(case: RenderContext) -> Iterator[str]:
    """The roles in which some have not submitted, a sentence each."""
    for role in case.rubric.roles:
        drafts = case.sheet.drafts().get(role.id, 0)
        if drafts:
            of = counted(case.sheet.heads()[role.id], "answers file", "answers files")
            are = "is a draft; it counts" if drafts == 1 else "are drafts; they count"
            yield f"{role.title}: {drafts} of {of} {are}, but may not be finished."
