"""What a terminal sends and takes: bytes that are no UTF-8, and its end, which must not hold up saving."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from functools import partial
from time import sleep

PAUSE = 0.1
"""Seconds between two looks at a terminal that is gone: it has nothing to say, and says so at once each time."""


def mind_terminal(gone: Callable[[], None]) -> None:
    """Has Textual outlive what a terminal does.

    A byte that is no UTF-8 becomes a letter that is not known; Textual's own decoder ends the thread that reads keys.
    Once the terminal is closed, ``gone`` is called from another thread, perhaps more than once, and what is still
    drawn goes nowhere; without this the drawing waits for ever, and with it the signal that the terminal was closed.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver
    from textual.drivers._writer_thread import WriterThread

    class Writer(WriterThread):
        def run(self) -> None:
            try:
                super().run()
            except OSError:
                gone()
                while self._queue.get() is not None:
                    pass

    own = linux_driver.__dict__
    own["getincrementaldecoder"] = lambda encoding: partial(_Forgiving, encoding, gone)
    own["WriterThread"] = Writer


class _Forgiving:
    """Reads bytes as text; the end of what there is to read is the end of the terminal."""

    def __init__(self, encoding: str, gone: Callable[[], None]) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._gone = gone

    def decode(self, data: bytes, final: bool = False) -> str:
        if not data and not final:
            self._gone()
            sleep(PAUSE)
        return self._decoder.decode(data, final)
