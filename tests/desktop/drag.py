#!/usr/bin/python3
"""drag.py FILE — a small window in the upper left corner from which FILE can be dragged, as from a file manager.

Prints `ready` when it is on the screen.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402 (the versions come first)


def main():
    address = Path(sys.argv[1]).absolute().as_uri()
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    window.set_default_size(40, 40)
    window.move(0, 0)
    handle = Gtk.EventBox()
    handle.drag_source_set(
        Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY
    )
    handle.connect("drag-data-get", lambda _handle, _context, data, _info, _time: data.set_uris([address]))
    window.add(handle)
    window.connect("map-event", lambda *_: print("ready", flush=True))
    window.show_all()
    Gtk.main()


main()
