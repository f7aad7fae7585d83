"""The macros of dbt, each in its place: looked for once, and made when a template asks for one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dbt.clients.jinja import MacroGenerator
from dbt.context.base import BaseContext
from dbt.context.configured import ConfiguredContext
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.context.manifest import ManifestContext
from dbt.include.global_project import PROJECT_NAME as GLOBAL_PROJECT_NAME
from dbt_common.clients.jinja import MacroFuzzTemplate, NativeSandboxTemplate


class _Lazy(dict):
    """A dictionary of which some values are made, by `__missing__`, when they are asked for."""

    known: Mapping[str, Any] = MappingProxyType({})

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.known

    def get(self, name: str, default: Any = None) -> Any:
        if name in self:
            return self[name]
        return default


class _Macros(_Lazy):
    """Macros by name, each made when it is asked for: of a thousand, a context uses twenty."""

    def __init__(self, known: dict[str, Any], make: Callable[[Any], MacroGenerator]) -> None:
        super().__init__()
        self.known, self._make = known, make

    def __missing__(self, name: str) -> MacroGenerator:
        self[name] = made = self._make(self.known[name])
        return made


class _Namespace(_Macros):
    """All macros of a context; what dbt asks its own `MacroNamespace` for."""

    def __init__(
        self,
        packages: dict[str, dict[str, Any]],
        known: dict[str, Any],
        make: Callable[[Any], MacroGenerator],
    ) -> None:
        super().__init__(known, make)
        self.packages = {name: _Macros(part, make) for name, part in packages.items()}
        self.global_project_namespace = self.packages[GLOBAL_PROJECT_NAME]
        self.update(self.packages)

    get_from_package = MacroNamespace.get_from_package


class _Context(_Lazy):
    """What a template sees; macros are looked for where nothing else has their name."""

    def __missing__(self, name: str) -> Any:
        return self.known[name]


def know_places_of_macros() -> None:
    """Look for the places of macros once: dbt does so for each context, a tenth of a small run."""
    build, to_dict = MacroNamespaceBuilder.build_namespace, ManifestContext.to_dict
    make_context = BaseContext.__init__
    # By package, and all: ours before those of dbt. With what dbt looks through, so that that of
    # another project has another number.
    places: dict[int, tuple[dict, dict, Any]] = {}

    def build_as_known(builder: MacroNamespaceBuilder, macros: Any, context: Any) -> _Namespace:
        if id(macros) not in places:
            found = build(builder, macros, context)
            packages = {
                package: {name: each.macro for name, each in part.items()}
                for package, part in (
                    *found.packages.items(),
                    (GLOBAL_PROJECT_NAME, found.global_project_namespace),
                )
            }
            places[id(macros)] = packages, dict(ChainMap(*packages.values())), macros
        packages, known, _ = places[id(macros)]
        return _Namespace(
            packages,
            known,
            lambda macro: MacroGenerator(macro, context, builder.node, builder.thread_ctx),
        )

    def to_dict_without_macros(context: ManifestContext) -> dict[str, Any]:
        if not isinstance(context.namespace, _Namespace):
            return to_dict(context)
        made = ConfiguredContext.to_dict(context)
        made.known = macros = context.namespace
        # A macro hides what dbt calls by its name.
        made.update({name: macros[name] for name in made.keys() & macros.known.keys()})
        return made

    def make_context_of_macros(context: BaseContext, *args: Any, **options: Any) -> None:
        make_context(context, *args, **options)
        context._ctx = _Context()

    MacroNamespaceBuilder.build_namespace = build_as_known
    ManifestContext.to_dict = to_dict_without_macros
    BaseContext.__init__ = make_context_of_macros
    # It copies what a template sees, as a plain dictionary.
    NativeSandboxTemplate.new_context = MacroFuzzTemplate.new_context
