"""Look over YAML from strangers before anything is built from it."""

from __future__ import annotations


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
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        nesting += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases -= isinstance(event, yaml.AliasEvent)
        if aliases < 0 or nesting > depth:
            return False
    return True
