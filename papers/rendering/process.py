"""Long comments are rendered in a process of their own, so that pages need not wait for them."""

from typing import cast

from django.http import HttpRequest

from groups.offloading import KeptProcess
from papers.rendering.markdown import render

# From so many characters on. The costliest text of that length takes some 15 ms.
LONG = 2_000

_renderer = KeptProcess(render)


def render_for(request: HttpRequest, source: str) -> str:
    """Return the safe HTML of what came with a request, as `render` makes it."""
    if len(source) < LONG:
        return render(source)
    try:
        return cast(str, _renderer.call(request, source))
    except ChildProcessError:
        return render(source)
