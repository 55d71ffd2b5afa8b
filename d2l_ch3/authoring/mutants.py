"""Mutants of a solution: its source with one small thing changed, as a slip of the pen or a wrong belief would.

A row of ``OPERATORS`` says what may stand in the place of a kind of node; the rest is looking at every place in turn.
What a raised error says is left alone, and so are annotations, what is printed, what a layer says of itself, and what
is kept where nothing reads it: all are the student's own.
"""

import ast
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SIBLINGS = [set(names.split()) for names in (
    "relu relu_ sigmoid tanh", "ReLU Sigmoid Tanh Identity", "cat stack", "hstack vstack", "sum mean amax",
    "zeros ones rand randn", "zeros_like ones_like", "rand_like randn_like", "uniform_ normal_", "copy_ add_",
    "parameters buffers", "named_parameters named_buffers state_dict", "children modules",
    "named_children named_modules", "mse_loss l1_loss smooth_l1_loss", "SGD Adam AdamW", "rfft fft ihfft",
    "train eval", "weight bias", "numel dim", "no_grad enable_grad", "ValueError TypeError Exception", "int float",
    "float32 float64", "keys values items", "append insert")]
"""Names that are taken for one another."""

EXTRA_KEYWORDS: dict[str, tuple[str, Any]] = {
    "Parameter": ("requires_grad", False), "register_buffer": ("persistent", False), "Linear": ("bias", False),
    "SGD": ("momentum", 0.9), "rfft": ("norm", "ortho")}
"""Keywords that are given without being asked for."""

WRAPPINGS = ("{}.float()", "{}.double()", "copy.deepcopy({})")
"""What is done to an argument or an attribute on its way, if it may be a tensor or a module."""

NUMBERS = frozenset(("in_features", "out_features", "in_units", "units", "num_inputs", "num_hiddens", "num_outputs",
                     "num_shared", "num_blocks", "n", "i", "k", "c", "lr", "num_steps", "times", "make_block"))
"""Arguments of these names are numbers, or functions, annotated or not; so are those that are annotated so."""

SHARED = frozenset(("shape", "ndim", "device", "size", "dim", "numel"))
"""What a tensor has in common with its copies."""

COUNTS = frozenset(("len", "range", "bool", "isinstance", "hasattr", "type"))
"""Functions for which copies of their arguments are as good."""


@dataclass(frozen=True)
class Mutant:
    """A changed source; `was` and `becomes` are the lines that differ, without their indentation."""

    line: int
    was: str
    becomes: str
    source: str

    @property
    def diff(self) -> str:
        """The change as the lines of a diff."""
        return "\n".join([f"- {line}" for line in self.was.splitlines()]
                         + [f"+ {line}" for line in self.becomes.splitlines()])


def mutants(source: str) -> list[Mutant]:
    """Every mutant of `source` that compiles and differs from it and from those before it, in the order of lines."""
    tree = ast.parse(source)
    original, unread = ast.unparse(tree), _stored(tree) - _read(tree)
    found: dict[str, Mutant] = {}
    for place in _places(tree, {}, unread):
        for text in _changed(tree, place):
            if text != original and text not in found and _compiles(text):
                found[text] = Mutant(place.line, *_difference(original, text), text)
    return sorted(found.values(), key=lambda mutant: mutant.line)


@dataclass(frozen=True)
class _Place:
    """Where a node stands: in this field of its parent, in a list if there is an index."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    names: dict[str, bool]
    """What may stand for one another here: the function's arguments and variables, and the attributes of `self`.

    True for what may hold a tensor or a module from outside of the function.
    """

    @property
    def line(self) -> int:
        return next((node.lineno for node in (self.node, *ast.walk(self.node), self.parent)
                     if hasattr(node, "lineno")), 1)

    def put(self, node: ast.AST | None) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


_NUMBER_TYPES = ("int", "float", "bool", "str")
_LEFT_ALONE = ("annotation", "returns", "ctx")


def _places(parent: ast.AST, names: dict[str, bool], unread: set[str]) -> Iterator[_Place]:
    for field, value in ast.iter_fields(parent):
        listed = isinstance(value, list)
        for index, node in enumerate(value if listed else [value]):
            if not isinstance(node, ast.AST) or field in _LEFT_ALONE or _is_the_students_own(node, unread):
                continue
            known = names | _names_in(node) if isinstance(node, ast.ClassDef | ast.FunctionDef) else names
            yield _Place(parent, field, index if listed else None, node, known)
            if not isinstance(node, ast.Raise):
                yield from _places(node, known, unread)
            elif isinstance(node.exc, ast.Call):
                yield _Place(node.exc, "func", None, node.exc.func, known)


def _names_in(node: ast.ClassDef | ast.FunctionDef) -> dict[str, bool]:
    if isinstance(node, ast.ClassDef):
        return {ast.unparse(one): True for one in ast.walk(node) if _of_self(one)}
    arguments = {one.arg: one.arg not in NUMBERS and ast.unparse(one.annotation or ast.Name("")) not in _NUMBER_TYPES
                 for one in ast.walk(node.args) if isinstance(one, ast.arg) and one.arg != "self"}
    stored = (one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return {**dict.fromkeys((name for name in stored if name != "_"), False), **arguments}


def _of_self(node: Any) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _is_the_students_own(node: ast.AST, unread: set[str]) -> bool:
    """Whether nothing depends on it: a docstring, a print, a layer's words on itself, what nobody reads."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Expr(ast.Call(ast.Name("print"))):
            return True
        case ast.FunctionDef("extra_repr" | "__repr__" | "__str__"):
            return True
        case ast.Assign([ast.Attribute(ast.Name("self")) as kept], value):
            return kept.attr in unread and "nn" not in {getattr(one, "id", "") for one in ast.walk(value)}
    return False


def _stored(tree: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(tree) if _of_self(node) and isinstance(node.ctx, ast.Store)}  # type: ignore[attr-defined]


def _read(tree: ast.AST) -> set[str]:
    """The attributes that are read, by their names or by strings."""
    return {node.attr if isinstance(node, ast.Attribute) else str(node.value) for node in ast.walk(tree)
            if isinstance(node, ast.Constant) or (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load))}


def _changed(tree: ast.AST, place: _Place) -> Iterator[str]:
    """The sources with something else in that place."""
    for kind, operator in OPERATORS:
        if isinstance(place.node, kind):
            for other in operator(place):
                place.put(other)
                yield ast.unparse(ast.fix_missing_locations(tree))
            place.put(place.node)


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines that were there before only, and those that are there now only."""
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    changes = [change for change in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
               if change[0] != "equal"]
    return ("\n".join(line for _, start, end, _, _ in changes for line in old[start:end]),
            "\n".join(line for _, _, _, start, end in changes for line in new[start:end]))


# --- the operators: what may stand in a place ----------------------------------------------------------------------

Operator = Callable[[Any], Iterator[ast.AST | None]]


def _with(node: Any, **fields: Any) -> Any:
    """A copy of the node with other fields; its children are the same."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _without(listed: list[Any]) -> Iterator[list[Any]]:
    for index in range(len(listed)):
        yield listed[:index] + listed[index + 1:]


def _swapped(listed: list[Any]) -> Iterator[list[Any]]:
    for index in range(len(listed) - 1):
        yield [*listed[:index], listed[index + 1], listed[index], *listed[index + 2:]]


_OTHER: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add), ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,), ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,)}


def _other_operator(place: _Place) -> Iterator[ast.AST]:
    for other in _OTHER.get(type(place.node), ()):
        yield other()


def _one_side(place: _Place) -> Iterator[ast.AST]:
    """One operand alone; or both, swapped, if their order matters."""
    node: Any = place.node
    yield from (node.left, node.right)
    if not isinstance(node.op, ast.Add | ast.Mult):
        yield _with(node, left=node.right, right=node.left)


def _operand(place: _Place) -> Iterator[ast.AST]:
    yield place.node.operand  # type: ignore[attr-defined]


def _fewer_conditions(place: _Place) -> Iterator[ast.AST]:
    yield from place.node.values  # type: ignore[attr-defined]


def _constant(place: _Place) -> Iterator[ast.AST]:
    """Another value; in a dict, which may hold facts, the same value of another type too."""
    value: Any = place.node.value  # type: ignore[attr-defined]
    others: list[Any] = []
    if isinstance(value, bool):
        others += [not value]
    elif isinstance(value, int):
        others += [value + 1, value - 1]
    elif isinstance(value, float):
        others += [value + 1, value * 1.1, -value]
    elif isinstance(value, str) and value:
        others += [value + "_", value[1:]]
    if isinstance(place.parent, ast.Dict) and isinstance(value, int):
        others += [float(value), int(value), bool(value), str(value)]
    yield from (ast.Constant(other) for other in others)


def _condition(place: _Place) -> Iterator[ast.AST]:
    test = place.node.test  # type: ignore[attr-defined]
    for other in (ast.UnaryOp(ast.Not(), test), ast.Constant(True), ast.Constant(False)):
        yield _with(place.node, test=other)


def _drop(place: _Place) -> Iterator[ast.AST]:
    if not isinstance(place.node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        yield ast.Pass()


def _unwrap(place: _Place) -> Iterator[ast.AST]:
    """The body alone."""
    yield ast.If(ast.Constant(True), place.node.body, [])  # type: ignore[attr-defined]


def _return(place: _Place) -> Iterator[ast.AST]:
    value = place.node.value  # type: ignore[attr-defined]
    if value is not None:
        for other in (None, ast.UnaryOp(ast.USub(), value)):
            yield ast.Return(other)


def _other_items(place: _Place) -> Iterator[ast.AST]:
    """Elements dropped and swapped; what is given back as a list instead of a tuple, and the other way round."""
    node: Any = place.node
    for elements in (*_without(node.elts), *_swapped(node.elts)):
        yield _with(node, elts=elements)
    if isinstance(place.parent, ast.Return | ast.ListComp):
        yield (ast.Tuple if isinstance(node, ast.List) else ast.List)(node.elts, node.ctx)


def _other_entries(place: _Place) -> Iterator[ast.AST]:
    node: Any = place.node
    entries = list(zip(node.keys, node.values, strict=True))
    for fewer in _without(entries):
        yield ast.Dict([key for key, _ in fewer], [value for _, value in fewer])
    for values in _swapped(node.values):
        yield ast.Dict(node.keys, values)


def _other_arguments(place: _Place) -> Iterator[ast.AST]:
    node: Any = place.node
    for arguments in (*_without(node.args), *_swapped(node.args)):
        yield _with(node, args=arguments)
    for keywords in _without(node.keywords):
        yield _with(node, keywords=keywords)
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in EXTRA_KEYWORDS:
        key, value = EXTRA_KEYWORDS[name]
        yield _with(node, keywords=[*(one for one in node.keywords if one.arg != key),
                                    ast.keyword(key, ast.Constant(value))])


def _not_called(place: _Place) -> Iterator[ast.AST]:
    """One of the arguments, or the object that a method is called on, in place of what the call gives."""
    node: Any = place.node
    yield from node.args
    if isinstance(node.func, ast.Attribute):
        yield node.func.value


def _not_registered(place: _Place) -> Iterator[ast.AST]:
    """`self.register_buffer("c", value)` as `self.c = value`."""
    match place.node:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("self") as owner, "register_buffer" | "register_parameter"),
                               [ast.Constant(str(name)), value])):
            yield ast.Assign([ast.Attribute(owner, name, ast.Store())], value, lineno=0)


def _sibling_attribute(place: _Place) -> Iterator[ast.AST]:
    for other in _siblings(place.node.attr):  # type: ignore[attr-defined]
        yield _with(place.node, attr=other)


def _sibling_name(place: _Place) -> Iterator[ast.AST]:
    for other in _siblings(place.node.id):  # type: ignore[attr-defined]
        yield _with(place.node, id=other)


def _siblings(name: str) -> list[str]:
    return sorted({other for names in SIBLINGS if name in names for other in names} - {name})


def _attribute(place: _Place) -> Iterator[ast.AST]:
    """`self.x` as `x`, `a.b` as `a`."""
    node: Any = place.node
    if _of_self(node):
        yield ast.Name(node.attr, node.ctx)
    elif isinstance(node.ctx, ast.Load) and node.attr != "forward":  # which is no mistake there
        yield node.value


def _other_variable(place: _Place) -> Iterator[ast.AST]:
    """Another argument or variable of the function, another attribute of `self`; or the same, with something done."""
    node: Any = place.node
    name = ast.unparse(node)
    if name in place.names and isinstance(node.ctx, ast.Load):
        for other in sorted(place.names.keys() - {name}):
            if other.startswith("self.") == name.startswith("self."):
                yield _parsed(other)
        if _copies_will_do(place):
            return
        yield _parsed(f"{name}.data")
        for wrapping in WRAPPINGS if place.names[name] else ():
            yield _parsed(wrapping.format(name))


def _copies_will_do(place: _Place) -> bool:
    """Whether only the shape of a tensor, the length of a list, or whether there is anything, is looked at."""
    match place.parent:
        case ast.Attribute(attr=name):
            return name in SHARED
        case ast.Call(ast.Name(name)):
            return name in COUNTS
        case ast.UnaryOp(ast.Not()):
            return True
    return place.field == "test"


def _other_slice(place: _Place) -> Iterator[ast.AST]:
    node: Any = place.node
    yield from (_with(node, **{bound: None}) for bound in ("lower", "upper", "step") if getattr(node, bound))


def _not_indexed(place: _Place) -> Iterator[ast.AST]:
    yield place.node.value  # type: ignore[attr-defined]


def _branches(place: _Place) -> Iterator[ast.AST]:
    yield from (place.node.body, place.node.orelse)  # type: ignore[attr-defined]


def _other_loop(place: _Place) -> Iterator[ast.AST]:
    """Without the first or the last, and backwards; all the same if nobody looks at the loop's variable."""
    node: Any = place.node
    unseen = isinstance(node.target, ast.Name) and node.target.id == "_"
    for part in ("[1:]",) if unseen else ("[1:]", "[:-1]", "[::-1]"):
        yield _with(node, iter=_parsed(f"list({ast.unparse(node.iter)}){part}"))


def _unfiltered(place: _Place) -> Iterator[ast.AST]:
    for conditions in _without(place.node.ifs):  # type: ignore[attr-defined]
        yield _with(place.node, ifs=conditions)


def _plain_assignment(place: _Place) -> Iterator[ast.AST]:
    node: Any = place.node
    yield ast.Assign([node.target], node.value, lineno=0)


def _other_signature(place: _Place) -> Iterator[ast.AST]:
    """Defaults dropped, arguments swapped."""
    node: Any = place.node
    for defaults in _without(node.defaults):
        yield _with(node, defaults=defaults)
    for arguments in _swapped(node.args):
        yield _with(node, args=arguments)


def _undecorated(place: _Place) -> Iterator[ast.AST]:
    for decorators in _without(place.node.decorator_list):  # type: ignore[attr-defined]
        yield _with(place.node, decorator_list=decorators)


OPERATORS: tuple[tuple[Any, Operator], ...] = (
    (ast.operator | ast.cmpop | ast.boolop, _other_operator),
    (ast.BinOp, _one_side), (ast.UnaryOp, _operand), (ast.BoolOp, _fewer_conditions), (ast.Constant, _constant),
    (ast.If | ast.While | ast.IfExp, _condition), (ast.IfExp, _branches),
    (ast.stmt, _drop), (ast.With | ast.Try, _unwrap), (ast.Return, _return),
    (ast.List | ast.Tuple, _other_items), (ast.Dict, _other_entries),
    (ast.Call, _other_arguments), (ast.Call, _not_called), (ast.Expr, _not_registered),
    (ast.Attribute, _sibling_attribute), (ast.Name, _sibling_name), (ast.Attribute, _attribute),
    (ast.Name | ast.Attribute, _other_variable), (ast.Slice, _other_slice), (ast.Subscript, _not_indexed),
    (ast.For | ast.comprehension, _other_loop), (ast.comprehension, _unfiltered),
    (ast.AugAssign, _plain_assignment), (ast.arguments, _other_signature),
    (ast.FunctionDef | ast.ClassDef, _undecorated),
)
"""What changes which kind of node."""
