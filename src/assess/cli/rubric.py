"""`assess rubric`: what rubric authors need."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.check import show as show_problems
from assess.cli.options import Format, Output, ProblemFormat, ProblemOutput, Rubrics
from assess.cli.output import PROBLEMS, documents_checked, print_json
from assess.problems import DocumentError, errors

if TYPE_CHECKING:
    from assess.model.nodes import Clash, Gate, Node
    from assess.model.questions import Question
    from assess.model.rubric import Rubric

app = typer.Typer(help="Check and show rubrics.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")]


@app.command("check")
def check(name: Name, rubrics: Rubrics = None, output: ProblemOutput = ProblemFormat.text) -> None:
    """Find the mistakes in a rubric.

    Every one of every file in one run, with its place and the way out.
    """
    from assess.export import check_json
    from assess.resources import find_rubric
    from assess.workflow import reviewed_rubric

    try:
        _, problems = reviewed_rubric(find_rubric(name, rubrics or ()))
    except DocumentError as error:
        problems = error.problems
    if output is ProblemFormat.json:
        print_json(check_json(problems))
    else:
        show_problems(problems, output)
    if errors(problems):
        raise typer.Exit(PROBLEMS)


@app.command("show")
def show(name: Name, rubrics: Rubrics = None, output: Output = Format.text) -> None:
    """Print a rubric as an outline.

    Principles and criteria with their ? questions, | gates and ! clashes, and the initiatives.
    """
    from assess.export import rubric_json
    from assess.resources import find_rubric
    from assess.workflow import load_rubric

    with documents_checked():
        rubric = load_rubric(find_rubric(name, rubrics or ()))
    if output is Format.json:
        print_json(rubric_json(rubric))
    else:
        typer.echo("\n".join(outline(rubric)))


def outline(rubric: "Rubric") -> Iterator[str]:
    """A rubric in one line per element, indented by depth."""
    from assess.numbers import counted

    nodes, questions = len([*rubric.nodes()]), len([*rubric.questions()])
    criteria = counted(nodes - len(rubric.principles), "criterion", "criteria")
    amounts = f"{counted(len(rubric.principles), 'principle', 'principles')}, {criteria}"
    yield f"{rubric.title} ({rubric.id} {rubric.version})"
    yield f"{amounts}, {counted(questions, 'question', 'questions')}; {rubric.hash}"
    yield from (_gate(gate) for gate in rubric.gates)
    yield from (_clash(clash) for clash in rubric.clashes)
    for principle in rubric.principles:
        yield ""
        yield from _node(rubric, principle)
    if rubric.initiatives:
        yield from ("", "Initiatives")
    for initiative in rubric.initiatives:
        lifts = ", ".join(f"{node} to {level}" for node, level in initiative.lifts.items()) or "enables others"
        yield f"  {initiative.code or initiative.id} {initiative.title}: {lifts}"


def _node(rubric: "Rubric", node: "Node") -> Iterator[str]:
    """A node and everything below it."""
    marks = (" [key]" if node.key else "") + (f" [{node.aggregate.kind}]" if node.criteria else "")
    yield f"{node.code or node.id} {node.title}{marks}"
    yield from (f"  {_question(rubric, question)}" for question in node.questions)
    yield from (f"  {_gate(gate)}" for gate in node.gates)
    yield from (f"  {_clash(clash)}" for clash in node.clashes)
    for child in node.criteria:
        yield from (f"  {line}" for line in _node(rubric, child))


def _question(rubric: "Rubric", question: "Question") -> str:
    fact = "" if rubric.scored(question) else ", fact"
    return f"? {question.id} ({question.type}{fact}; {', '.join(rubric.asked(question))}): {question.text}"


def _gate(gate: "Gate") -> str:
    effect = f"caps {', '.join(gate.cap.of)} at {gate.cap.at}" if gate.cap else "flag"
    return f"| {gate.id} ({effect}) when {gate.when}"


def _clash(clash: "Clash") -> str:
    return f"! {clash.id}: claimed {clash.claim}; practised {clash.practice}"
