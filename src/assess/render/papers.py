"""The set of papers: roadmap, a card for each initiative with dates, scores, audit, and the answers apart."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assess.render.context import RenderContext
from assess.render.document import Writer, check_whole, document_facts
from assess.render.links import connect
from assess.render.markdown import Markdown, concat, join
from assess.render.pictures import pictures
from assess.render.sections.answers import replies
from assess.render.sections.board import board
from assess.render.sections.cards import cards
from assess.render.sections.decisions import decided
from assess.render.sections.evidence import exhibits, register, unproved_claims
from assess.render.sections.facts import answered_by, fact_link, facts_chapter, is_coming
from assess.render.sections.findings import found
from assess.render.sections.method import method
from assess.render.sections.overview import overview, overview_columns
from assess.render.sections.roadmap import outlook, risks, roadmap
from assess.render.sections.schedule import schedule
from assess.render.sections.standing import standing
from assess.render.sections.trace import trace
from assess.render.tables import Table
from assess.words import ended, quoted

ROADMAP, SCORES, AUDIT, ANSWERS = "roadmap.md", "scores.md", "audit.md", "internal/answers.md"


def write_papers(case: RenderContext, folders: Sequence[Path]) -> dict[str, str]:
    """The papers and their charts by path, without seals; raises DocumentError as `write_document` does."""
    shown = pictures(case)
    told, every = facts_chapter(case), cards(case)
    shared = {"document": document_facts(case), "chapter": told, "roadmap": roadmap(case)}
    views: Mapping[str, Mapping[str, object]] = {
        ROADMAP: {**shared, **_roadmap(case), "pictures": shown},
        SCORES: {**shared, "standing": standing(case), "seen": tuple(_seen(case))},
        AUDIT: {**shared, **_audit(case), "cards": tuple(each for each in every if not is_coming(case, each.id))},
        ANSWERS: {**shared, "answers": replies(case), "method": method(case)},
    }
    drafted = {
        path: Writer(f"set/{Path(path).name}.j2", folders).fill({**view, "paper": path}) for path, view in views.items()
    }
    card = Writer("set/card.md.j2", folders)
    drafted |= {
        f"cards/{each.id}.md": card.fill({"card": each, "answers": _answers(case, each.id)})
        for each in every
        if is_coming(case, each.id)
    }
    papers = connect(drafted, apart=(ANSWERS,))
    for path, text in papers.items():
        check_whole(path, text, folders)
    return {**papers, **shown.drawn}


def _roadmap(case: RenderContext) -> Mapping[str, object]:
    return {
        "board": board(case),
        "decided": decided(case),
        "schedule": schedule(case),
        "overview": Table(overview_columns(case), tuple(overview(case))),
    }


def _audit(case: RenderContext) -> Mapping[str, object]:
    return {
        "trace": trace(case),
        "found": found(case),
        "outlook": outlook(case),
        "risks": risks(case),
        "evidence": register(case, exhibits(case)),
        "unproved": unproved_claims(case),
        "method": method(case),
    }


def _answers(case: RenderContext, name: str) -> Markdown:
    """Links to the facts an initiative answers."""
    return join([fact_link(case, fact) for fact in answered_by(case, name)])


def _seen(case: RenderContext) -> Iterator[Mapping[str, object]]:
    """The comments of registers, criterion by criterion."""
    for seen in case.facts.seen:
        lines = [concat((quoted(ended(comment)),)) for answer in seen.answers for comment in answer.comments]
        name: Markdown = case.link(seen.criterion)
        yield {"name": name, "lines": tuple(dict.fromkeys(lines))}
