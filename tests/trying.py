"""Changes drawn by chance, tried on an engagement, and made for good in its files, so that the two can be compared."""

import json
import re
import shutil
from pathlib import Path

from assess import workflow
from assess.documents import read
from assess.model.fields import Plain
from assess.whatif import WrittenScenario, read_scenario, try_scenario


def attempt(found, **written):
    """The scenario of some options and the assessment with it; raises DocumentError."""
    scenario = read_scenario(found, WrittenScenario(**written))
    return scenario, try_scenario(found, scenario)


def outcome(found):
    """What an assessment says, but for the hashes of what was edited; figures to nine places."""
    return level_off((found.scorecard.scores, found.scorecard.items, found.diagnosis, found.plan))


def level_off(value):
    """A value in which no figure differs by the noise of binary fractions."""
    if isinstance(value, float):
        return round(value, 9) + 0.0
    if isinstance(value, dict):
        return {key: level_off(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return (type(value).__name__, *map(level_off, value))
    return value


# --- drawing ---


def value_for(chance, rubric, question):
    """Some answer to a question, as it is written behind `--set`; None where words are wanted."""
    keys = [option.key for option in rubric.options_of(question)]
    holds = question.traits.holds
    if holds == "options":
        alone = {option.key for option in rubric.options_of(question) if option.exclusive}
        free = [key for key in keys if key not in alone]
        return ",".join(key for key in keys if key in chance.sample(free, chance.randint(1, len(free))))
    if holds == "number":
        low, high = question.min or 0, 30 if question.max is None else question.max
        return str(chance.randint(int(low), int(high)))
    if holds == "date":
        return f"2025-0{chance.randint(1, 9)}-11"
    return chance.choice(keys) if holds == "option" else None


def drawn(chance, found, *, agreed=None):
    """Options of one to four changes that fit an engagement; agreed: the questions that may be agreed on."""
    rubric, sheet = found.rubric, found.sheet
    named = {voice.role for voice in sheet.voices if not voice.private} - {*sheet.shy}
    named -= {voice.role for voice in sheet.voices if voice.private}
    questions = [question for question in rubric.questions() if question.traits.holds != "words"]
    written = {name: [] for name in ("answers", "proofs", "weights", "capacity", "without")}
    for question in chance.sample(questions, min(len(questions), chance.randint(0, 3))):
        value, roles = value_for(chance, rubric, question), [r for r in rubric.asked(question) if r in named]
        if roles and chance.random() < 0.6:
            role = chance.choice(roles)
            value = "unknown" if "unknown" in rubric.states_of(question, role) and chance.random() < 0.2 else value
            written["answers"].append(f"{role}.{question.id}={value}")
        elif agreed is None or question.id in agreed:
            written["answers"].append(f"{question.id}={value}")
    weighed = [node.id for node in rubric.nodes() if not rubric.node_by_id[rubric.home_of[node.id]].weights.rank]
    rules = [rule.id for rule in (*rubric.all_gates(), *rubric.all_clashes())]
    roles = ["default", *(role.id for role in rubric.roles if role.people)]
    if chance.random() < 0.4:
        written["weights"].append(f"{chance.choice(weighed)}={chance.choice([0.5, 2, 3])}")
    if rules and chance.random() < 0.4:
        written["without"].append(chance.choice(rules))
    if chance.random() < 0.4:
        written["capacity"].append(f"{chance.choice(roles)}={chance.choice([5, 20, 60])}")
    days = {"start": chance.choice(["", "", "2026-09-01"]), "on": chance.choice(["", "", "2026-11-05"])}
    return {**{name: tuple(options) for name, options in written.items()}, **days}


# --- the same for good ---


def loaded(file: Path):
    return read(file).data


def saved(file: Path, data):
    file.write_text(flow(data) + "\n", encoding="utf-8")


def flow(value):
    """A value as YAML in one line; what was written without quotes stays without, where that is safe."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None:
        return "~"
    if isinstance(value, Plain) and re.fullmatch(r"[\w.+/%-]+", value):
        return str(value)
    return json.dumps(value if isinstance(value, float | int) else str(value), ensure_ascii=False)


def written_value(rubric, name, text):
    holds = rubric.question_by_id[name].traits.holds
    if holds == "options":
        return text.split(",")
    return float(text) if holds == "number" else text


def made(home: Path, rubrics: Path, rubric, written):
    """Write the changes into the files of an engagement and of its rubric."""
    for text in written["answers"]:
        name, value = text.split("=")
        role, _, question = name.rpartition(".")
        if role:
            said_by_role(home, rubric, role, question, value)
        else:
            agreed_on(home, rubric, question, value)
    head = loaded(home / "engagement.yaml")
    for text in written["capacity"]:
        role, days = text.split("=")
        head.setdefault("capacity", {})[role] = float(days)
    head |= {key: written[name] for key, name in (("assessed_on", "on"), ("start_on", "start")) if written[name]}
    saved(home / "engagement.yaml", head)
    weights = dict(text.split("=") for text in written["weights"])
    for file in sorted(rubrics.rglob("*.yaml")) if weights or written["without"] else ():
        data = loaded(file)
        if isinstance(data, dict):
            saved(file, edited(data, weights, written["without"]))


def said_by_role(home, rubric, role, question, value):
    files = [file for file in sorted((home / "answers").glob("*.yaml")) if file.name != "_agreed.yaml"]
    for file in files:
        data = {**loaded(file)}
        if rubric.names.get(data["role"]) != role:
            continue
        old = data["answers"].get(question)
        kept = (
            {key: old[key] for key in ("note", "evidence", "confidence") if key in old} if isinstance(old, dict) else {}
        )
        given = {"unknown": True} if value == "unknown" else {"value": written_value(rubric, question, value)}
        data["answers"][question] = given | kept
        saved(file, data)


def agreed_on(home, rubric, question, value):
    file = home / "answers" / "_agreed.yaml"
    data = loaded(file) if file.exists() else {"assess": "agreed/1", "answers": {}}
    basis = [*rubric.asked(rubric.question_by_id[question])]
    settled = {"value": written_value(rubric, question, value), "basis": basis, "why": "What if."}
    data["answers"][question] = settled
    saved(file, data)


def edited(data, weights, without):
    """A part of a rubric with other weights and without some gates and clashes."""
    if isinstance(data, list):
        return [edited(part, weights, without) for part in data if not is_rule(part, without)]
    if not isinstance(data, dict):
        return data
    found = {key: edited(part, weights, without) for key, part in data.items()}
    shared = found["weights"].get("points", {}) if isinstance(found.get("weights"), dict) else {}
    if shared.keys() & weights.keys():
        found["weights"] = {"points": shares({name: float(points) for name, points in shared.items()}, weights)}
    if found.get("id") in weights and "title" in found:
        found["weight"] = float(weights[found["id"]])
    if without and isinstance(found.get("caps"), dict) and found["caps"].get("id", f"{found['id']}_cap") in without:
        del found["caps"]
    return found


def shares(points, weights):
    """100 points, of which one part gets others and the rest divide what is left as they did."""
    (name,) = points.keys() & weights.keys()
    rest = (100 - float(weights[name])) / (100 - points[name])
    return {part: float(weights[part]) if part == name else amount * rest for part, amount in points.items()}


def is_rule(part, names):
    return isinstance(part, dict) and part.get("id") in names and ("when" in part or "practice" in part)


def twin(home: Path, rubrics: Path, target: Path):
    """A copy of an engagement and its rubrics, to be changed for good."""
    shutil.copytree(home, target / "org")
    shutil.copytree(rubrics, target / "rubrics")
    return target / "org", target / "rubrics"


def real(home: Path, rubrics: Path, target: Path, found, written):
    """The assessment of a copy of an engagement in which the changes were made for good."""
    org, changed = twin(home, rubrics, target)
    made(org, changed, found.rubric, written)
    return workflow.assess(org, [changed])
