"""Look over YAML from strangers before anything is built from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml


def read_yaml(text: str) -> tuple[Any, yaml.Node | None]:
    """Return what `text` says, plain values only, and its nodes, which know their lines.

    Raises
    ------
    yaml.YAMLError
        If it is not valid YAML.

    Examples
    --------
    >>> content, root = read_yaml("a: 1")
    >>> content, root.start_mark.line
    ({'a': 1}, 0)
    """
    content, root = (_loader()(text) for _ in range(2))
    return content.get_single_data(), root.get_single_node()


def _loader() -> type[yaml.SafeLoader]:
    """Return PyYAML's safe loader, the one in C where it was built: a large codebook takes seconds otherwise."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_is_bounded(text: str, *, aliases: int, depth: int = 64) -> bool:
    r"""Return whether `text` has at most so many aliases and nests at most so deep.

    A few aliases can unfold to gigabytes, and deep nesting takes minutes to read.

    Raises
    ------
    yaml.YAMLError
        If it is not valid YAML, as far as it was read.

    Examples
    --------
    >>> yaml_is_bounded("a: &x 1\nb: [*x, *x]", aliases=2), yaml_is_bounded("a: &x 1\nb: [*x, *x]", aliases=1)
    (True, False)
    """
    import yaml

    nesting = 0
    for event in yaml.parse(text, Loader=_loader()):
        nesting += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases -= isinstance(event, yaml.AliasEvent)
        if aliases < 0 or nesting > depth:
            return False
    return True
