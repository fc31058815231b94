"""The order of elements below one home: a matter of print, but for ladders and headlines."""

from collections.abc import Callable, Iterator

from assess.authoring.diff.changes import ORDER, ORDER_OF_HEADLINES, ORDER_ON_A_LADDER, Change
from assess.authoring.diff.elements import ElementPair, RubricElement
from assess.formula.aggregations import aggregation
from assess.model.change_classes import ChangeClass
from assess.model.nodes import Node

Both = tuple[RubricElement, RubricElement]
_SEVERAL = {"criterion": "criteria", "clash": "clashes"}


def order_changes(
    pairs: tuple[ElementPair, ...], before: tuple[RubricElement, ...], home: Callable[[str], str]
) -> Iterator[Change]:
    """Where elements that stayed below their home follow one another otherwise; what came or went shifts nothing.

    before: the elements of the old rubric in their order; home: from an old id to the new one.
    """
    groups: dict[tuple[str, str], list[Both]] = {}
    for old, new in ((pair.old, pair.new) for pair in pairs):
        if old is not None and new is not None and home(old.home) == new.home:
            groups.setdefault((new.family, new.home), []).append((old, new))
    places = {(found.family, found.name): place for place, found in enumerate(before)}
    holders = {pair.new.name: pair.new for pair in pairs if pair.new and pair.new.family == "node"}
    for (family, name), now in groups.items():
        then = sorted(now, key=lambda both: places[both[0].family, both[0].name])
        if then != now:
            yield _change(family, holders.get(name), then, now)


def _change(family: str, holder: RubricElement | None, then: list[Both], now: list[Both]) -> Change:
    old, new = (", ".join(after.name for _, after in order) for order in (then, now))
    kind = now[0][1].kind
    field = f"order of {_SEVERAL.get(kind, f'{kind}s')}"
    row = _row(family, holder)
    touches = (holder.name,) if holder and row.counted else ()
    element, name = (holder.kind, holder.name) if holder else ("rubric", "")
    return Change("changed", element, name, row, field, old, new, touches=touches)


def _row(family: str, holder: RubricElement | None) -> ChangeClass:
    if family == "headline":
        return ORDER_OF_HEADLINES
    ladder = (
        holder is not None and isinstance(holder.record, Node) and aggregation(holder.record.aggregate).how == "ladder"
    )
    return ORDER_ON_A_LADDER if family == "question" and ladder else ORDER
