"""The code that keeps somebody safe, weakened by rule: over its syntax tree, not by what its lines look like.

An operator finds the places in a function where it can weaken something, such as a condition that could be constant, and
what stands there instead. `oracle.py`, and after it `promises.py`, have to notice each of these mutants. What cannot be noticed, since it
changes nothing that anybody could see, stands in `equivalent_mutants.py`, with how many and why.

Each mutant lives in a child of a process that has loaded the kit and the checks, and has worked out nothing yet.
"""

from __future__ import annotations

import ast
import copy
import importlib
import importlib.machinery
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from types import CodeType
from typing import NamedTuple

CHECKS = tuple(str(Path(__file__).with_name(name)) for name in ("oracle.py", "promises.py"))
PACKAGE = "selfcare_kit"
MAX_SECONDS = 120
UNRUNNABLE = "does not run"
# What the checks use and load late; loaded once for all mutants.
LOADED = (
    "plan.templates", "export.read", "export.figure", "export.record.csv", "export.chart.calendar", "export.chart.note",
    "export.handout.handout", "export.handout.pdf",
)  # fmt: skip

# All functions of a module but those named after "but"; or the named ones only.
BUT = "but"
TARGETS = {
    "safety.gate": (BUT, "_instead", "_causes", "_reason"),
    "safety.verdict": (BUT, "Judge.of", "Judge.verdict", "Judge.is_left_out", "Verdict.is_allowed", "Verdict.reason"),
    "safety.findings": (BUT,),
    "safety.explained": (BUT, "SideConflict.__str__", "SideConflict.key", "describe_conflicts", "_describe_group"),
    "safety.alerts": (BUT, "Alert.__str__"),
    "safety.cautions": (BUT,),
    "safety.questions": (
        "is_relevant", "can_be_set_aside", "areas_reached", "sensations_of", "_relevance", "_areas_worked",
    ),
    "safety.screening": (
        "Screening.evaluated", "Screening.answered_no", "Screening.agreement", "Screening.areas_blocked_by", "Screening.touching",
        "screen",
    ),
    "safety.answers": ("areas_of_answers", "_check_narrowing", "check_set_aside", "check_agreement", "check_initials"),
    "plan.dosing": ("propose", "shared_out", "adapt", "seconds_left", "areas_and_sides"),
    "plan.checked": (
        "CheckedPlan.side_conflicts", "CheckedPlan.require_clearance", "CheckedPlan._judge", "CheckedPlan._all_conflicts",
        "CheckedPlan.__post_init__",
    ),
    "plan.plan": ("Plan.from_suggestions", "Plan.adapted_to", "Plan.on_side", "Plan.confirm_sides"),
    "plan.sides": ("side_of_new_step", "on_side", "still_confirmed"),
    "plan.steps": ("check_identities",),
    "plan.suggest.suggestion": ("Offering.suggestion", "Offering.side", "Suggestion.is_offered"),
    "plan.suggest.suggestions": ("suggest",),
    "model.actions": ("severest",),
    "model.dose": ("Dose.__post_init__", "check_dose", "areas_dosed"),
    "model.sides": ("sides_touched",),
    "model.step": ("Step.total_seconds", "Step.overlaps"),
    "model.limits": ("HARD_MAX_SECONDS", "HARD_MAX_PRESSURE"),
    "guide.point": ("Point.areas_worked", "Point.areas_dosed", "Point._lane"),
    "guide.techniques": ("techniques_of", "mode_for_tool", "other_ways"),
    "export.kinds": ("FileKind.to_text_or_bytes", "KINDS"),
    "export.record.record": ("plan_from_record",),
    "body.place.places": ("locate",),
    "body.place.rules": ("flip",),
    "body.place.atlas": ("View.project",),
}  # fmt: skip


class Mutant(NamedTuple):
    """One way to weaken one place; `number` counts the places that the operator finds in the function."""

    module: str
    function: str
    operator: str
    number: int
    line: int = 0
    what: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Function and operator, as in `equivalent_mutants.py`."""
        return (f"{self.module}.{self.function}", self.operator)


# Operators: each yields what may stand in the place of a node.

Operator = Callable[[ast.AST], Iterator[ast.AST]]
_NEGATED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_MOVED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_OPPOSITE = {"min": "max", "max": "min", "any": "all", "all": "any"}
_EMPTY = {
    "bool": ("True", "False"), "str": ("''",), "int": ("0",), "tuple": ("()",), "list": ("[]",), "frozenset": ("frozenset()",),
    "set": ("set()",), "dict": ("{}",), "Iterator": ("()",),
}  # fmt: skip


def _constant(value: object) -> Iterator[ast.AST]:
    yield ast.Constant(value)


def _condition(value: bool) -> Operator:
    def constant(node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, ast.If | ast.IfExp):
            yield _with(node, test=ast.Constant(value))
        elif isinstance(node, ast.comprehension):
            yield from (_with(node, ifs=_put(node.ifs, at, ast.Constant(value))) for at in range(len(node.ifs)))

    return constant


def _flipped(node: ast.AST) -> Iterator[ast.AST]:
    # In a condition it would be what "condition true" and "condition false" are together.
    if isinstance(node, ast.Return | ast.Assign | ast.keyword) and isinstance(node.value, ast.Compare):
        yield _with(node, value=_with(node.value, ops=[_NEGATED[type(node.value.ops[0])]()]))


def _boundary(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _MOVED:
        yield _with(node, ops=[_MOVED[type(node.ops[0])]()])


def _operand(node: ast.AST) -> Iterator[ast.AST]:
    # Where each operand is missed, so is "or" in the place of "and", and the other way about.
    if isinstance(node, ast.BoolOp):
        for at in range(len(node.values)):
            left = [each for index, each in enumerate(node.values) if index != at]
            yield left[0] if len(left) == 1 else _with(node, values=left)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub):
        yield node.left


def _not(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _opposite(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _OPPOSITE:
        yield _with(node, func=ast.Name(_OPPOSITE[node.func.id], ast.Load()))


def _element(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        # Words and names in a row are a message.
        for at in range(0 if len(node.elts) < 2 or any(map(_is_phrase, node.elts)) else len(node.elts)):
            yield _with(node, elts=[each for index, each in enumerate(node.elts) if index != at])


def _is_phrase(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and " " in str(node.value))


def _argument(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for at, keyword in enumerate(node.keywords):
            if keyword.arg is not None:
                yield _with(node, keywords=[each for index, each in enumerate(node.keywords) if index != at])


def _returned(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        kinds = ast.unparse(node.returns).split(" | ")
        values = [value for kind in kinds for value in _EMPTY.get(kind.partition("[")[0], ())]
        for value in [*values, *(["None"] if "None" in kinds and len(kinds) > 1 else [])]:
            yield _with(node, body=[ast.Return(ast.parse(value, mode="eval").body)])


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if is_call or isinstance(node, ast.Raise | ast.AugAssign):
        yield ast.Pass()


def _number(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from _constant(node.value + 1)


def _flag(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield from _constant(not node.value)


OPERATORS: dict[str, Operator] = {
    "condition true": _condition(True),
    "condition false": _condition(False),
    "comparison flipped": _flipped,
    "boundary moved": _boundary,
    "operand dropped": _operand,
    "not dropped": _not,
    "min/max swapped": _opposite,
    "element dropped": _element,
    "argument dropped": _argument,
    "return constant": _returned,
    "statement dropped": _statement,
    "number moved": _number,
    "flag flipped": _flag,
}


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _put(values: list, at: int, value: object) -> list:
    return [*values[:at], value, *values[at + 1 :]]


# Places


class _Slot(NamedTuple):
    """Where a node hangs in its tree."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        ast.copy_location(node, self.node)
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _children(parent: ast.AST) -> Iterator[_Slot]:
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns", "decorator_list", "args") and isinstance(
            parent, ast.FunctionDef | ast.AnnAssign | ast.arg
        ):
            continue
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, ast.AST):
                yield _Slot(parent, field, index, each)


def _slots(slot: _Slot) -> Iterator[_Slot]:
    """Yield the places of a tree, but for messages, which are words."""
    yield slot
    for child in _children(slot.node) if not isinstance(slot.node, ast.JoinedStr | ast.Raise) else ():
        yield from _slots(child)


def _functions(tree: ast.Module) -> dict[str, _Slot]:
    """Return where each function and each named value of a module stands."""
    found = {}
    for slot in _children(tree):
        node = slot.node
        if isinstance(node, ast.FunctionDef):
            found[node.name] = slot
        elif isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}.{each.node.name}": each
                for each in _children(node)
                if isinstance(each.node, ast.FunctionDef)
            }
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            found |= {target.id: slot} if isinstance(target, ast.Name) else {}
    return found


def source_of(module: str) -> Path:
    """Return the file of a module of the kit, which is not imported."""
    folder = importlib.machinery.PathFinder.find_spec(PACKAGE).submodule_search_locations[0]
    return Path(folder, *module.split(".")).with_suffix(".py")


def _chosen(module: str, functions: dict[str, _Slot]) -> list[str]:
    first, *rest = TARGETS[module]
    names = rest if first == BUT else TARGETS[module]
    unknown = [name for name in names if name not in functions]
    assert not unknown, f"{module} has no {' and no '.join(unknown)}; correct TARGETS"
    if first == BUT:
        return [name for name, slot in functions.items() if isinstance(slot.node, ast.FunctionDef) and name not in rest]
    return list(names)


def _mutations(function: _Slot, operator: str) -> Iterator[tuple[_Slot, ast.AST]]:
    for slot in _slots(function):
        for node in OPERATORS[operator](slot.node):
            yield slot, node


def all_mutants() -> list[Mutant]:
    """Return every mutant, in the order of the code."""
    made = []
    for module in TARGETS:
        functions = _functions(ast.parse(source_of(module).read_text(encoding="utf-8")))
        for name in _chosen(module, functions):
            for operator in OPERATORS:
                for number, (slot, node) in enumerate(_mutations(functions[name], operator)):
                    line = getattr(slot.node, "lineno", 0)
                    made.append(Mutant(module, name, operator, number, line, f"{_shown(slot.node)} -> {_shown(node)}"))
    return made


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) < 90 else f"{text[:60]} ... {text[-25:]}"


def _mutated(source: str, module: str, function: str, operator: str, number: int) -> ast.Module:
    tree = ast.parse(source)
    slot, node = list(_mutations(_functions(tree)[function], operator))[number]
    slot.put(node)
    return ast.fix_missing_locations(tree)


def mutated_sources(source: str, function: str, operator: str) -> list[str]:
    """Return a source with each mutation of one operator in one function."""
    count = len(list(_mutations(_functions(ast.parse(source))[function], operator)))
    return [ast.unparse(_mutated(source, "", function, operator, number)) + "\n" for number in range(count)]


# Running


def noticed(mutants: list[Mutant], checks: tuple[str, ...] = CHECKS) -> list[str]:
    """Return the first thing that the checks tell of the code with each mutant; empty where they find nothing."""
    # In as many processes as there are cores, each with its share.
    count = max(1, min(os.cpu_count() or 1, 4, len(mutants)))
    with ThreadPoolExecutor(count) as pool:
        shares = list(pool.map(lambda number: _noticed(mutants[number::count], checks), range(count)))
    return [shares[number % count][number // count] for number in range(len(mutants))]


def _noticed(mutants: list[Mutant], checks: tuple[str, ...]) -> list[str]:
    task = json.dumps([[mutant[:4] for mutant in mutants], checks])
    done = subprocess.run([sys.executable, "-P", __file__], input=task, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _told(mutation: tuple[str, str, str, int], checks: list[Callable[[], Iterator[str]]]) -> str:
    try:
        _put_in_place(*mutation)
        return next(chain.from_iterable(check() for check in checks), "")
    except BaseException as error:
        return f"{UNRUNNABLE}: {type(error).__name__}: {error}"


def _put_in_place(module: str, function: str, operator: str, number: int) -> None:
    """Let a function of the kit run the code of a mutant from now on, or give a module another value."""
    loaded = importlib.import_module(f"{PACKAGE}.{module}")
    code = compile(
        _mutated(source_of(module).read_text(encoding="utf-8"), module, function, operator, number), module, "exec"
    )
    if function.isupper():
        exec(code, changed := dict(vars(loaded)))
        for each in [
            each for each in sys.modules.values() if getattr(each, function, None) is getattr(loaded, function)
        ]:
            setattr(each, function, changed[function])
        return
    owner = loaded
    for name in function.split("."):
        code = next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
        found, owner = vars(owner)[name], getattr(owner, name)
    # Behind what wraps it: a property, a cached one, a class method.
    for wrapped in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, wrapped, found)
    found.__code__ = code


def _main() -> None:
    mutations, paths = json.loads(sys.stdin.read())
    sys.path.append(str(Path(__file__).parent))
    # The kit is loaded once; nothing that a mutant could change is worked out before there is one.
    checks = [runpy.run_path(path)["told"] for path in paths]
    for name in LOADED:
        importlib.import_module(f"{PACKAGE}.{name}")
    for mutation in mutations:
        ours, theirs = os.pipe()
        if os.fork() == 0:
            signal.alarm(MAX_SECONDS)
            os.write(theirs, json.dumps(_told(tuple(mutation), checks)).encode()[:60_000])
            os._exit(0)
        os.close(theirs)
        with os.fdopen(ours) as pipe:
            answer = pipe.read()
        os.wait()
        print(answer or json.dumps(f"did not end in {MAX_SECONDS} s"), flush=True)


if __name__ == "__main__":
    _main()
