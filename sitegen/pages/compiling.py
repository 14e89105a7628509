"""How templates are compiled: what is the same on every page is put in once, not on each page.

The words of the site and its settings are known when a template is compiled, so `{{ t('skip') }}`
and `{% if site.search %}` leave their result and cost nothing later. Texts are escaped without
a value of jinja2's own for each, which was a fifth of the time of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import cached_property
from types import CodeType, MappingProxyType
from typing import Any

import jinja2
import markupsafe
from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import asdict

ENGINE = jinja2.__version__
_PLAIN = (str, bool, int)


def _escaped_text(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


# its compiled form, which newer versions have, is five times as quick
_quickly: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escaped_text)


def escaped(value: object) -> str:
    """Return a value as text fit for HTML: as `markupsafe.escape` does, and quickly for a plain string."""
    if type(value) is not str:
        return value if type(value) is Markup else escape(value)
    return _quickly(value)


class _Generator(CodeGenerator):
    """Writes `environment.escaped(` where jinja2 writes `escape(`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Known(NodeTransformer):
    """Puts values in the place of `site.NAME` and of `t('KEY')`, and drops the branches never taken."""

    def __init__(self, site: Mapping[str, Any], say: Callable[[str], str], environment: Environment) -> None:
        self._site, self._say, self._environment = site, say, environment

    def _const(self, value: object, node: nodes.Node) -> nodes.Const:
        return nodes.Const(value, lineno=node.lineno, environment=self._environment)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - jinja2's name
        self.generic_visit(node)
        of = node.node
        if isinstance(of, nodes.Name) and of.name == "site" and node.attr in self._site:
            return self._const(self._site[node.attr], node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - jinja2's name
        self.generic_visit(node)
        of, given = node.node, (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs)
        if len(given) == 3 and isinstance(of, nodes.Name) and of.name == "t":
            try:
                return self._const(self._say(given[0].as_const()), node)  # type: ignore[arg-type,union-attr]
            except (nodes.Impossible, LookupError):  # a wrong key is reported where it is used
                return node
        return node

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - jinja2's name
        self.generic_visit(node)
        if not isinstance(node.test, nodes.Const) or node.elif_ or node.find(nodes.Block):
            return node
        return node.body if node.test.value else node.else_


class _Loader(FunctionLoader):
    """Gives a template from its code where that is known, else compiles its text."""

    def __init__(self, sources: Mapping[str, str], compiled: Mapping[str, CodeType]) -> None:
        super().__init__(lambda name: (sources[name], name, lambda: True) if name in sources else None)
        self._compiled = compiled

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - jinja2's name
    ) -> Template:
        code = self._compiled.get(name)
        if code is None:
            return super().load(environment, name, globals)
        return environment.template_class.from_code(environment, code, globals or {})


class Templates(Environment):
    """jinja2 with our templates, the site and its words; a misspelt name is an error, not a blank."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)

    def __init__(
        self,
        sources: Mapping[str, str],
        site: Struct,
        say: Callable[..., str],
        compiled: Mapping[str, CodeType] = MappingProxyType({}),
    ) -> None:
        """Take templates by name; `site` has what templates see, `say` gives words by key.

        `compiled` is what `compile_all` gave for the same templates, site and words.
        """
        super().__init__(
            loader=_Loader(sources, compiled),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals |= {"t": say, "site": site}
        self._sources, self._site, self._say = sources, site, say

    def compile_all(self) -> dict[str, CodeType]:
        """Return the code of every template; raises jinja2's error for the first that it cannot read."""
        return {name: self.compile(text, name, name) for name, text in self._sources.items()}

    @cached_property
    def _known(self) -> _Known | None:
        """Return what fills in, or None where some template has a `site` or a `t` of its own."""
        trees = [self._parse(text, name, name) for name, text in self._sources.items()]
        own = {n.name for tree in trees for n in tree.find_all(nodes.Name) if n.ctx != "load"}
        own |= {n.name for tree in trees for n in tree.find_all(nodes.Macro)}
        for tree in trees:
            own |= {n.target for n in tree.find_all(nodes.Import)}
            named = [name for n in tree.find_all(nodes.FromImport) for name in n.names]
            own |= {name if isinstance(name, str) else name[1] for name in named}
        if own & {"site", "t"}:
            return None
        values = asdict(self._site)
        return _Known({n: v for n, v in values.items() if isinstance(v, _PLAIN)}, self._say, self)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        known: nodes.Template = self._known.visit(source) if self._known else source
        return super()._generate(known, name, filename, defer_init)
