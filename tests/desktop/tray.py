#!/usr/bin/python3
"""The tray of a desktop: a StatusNotifierWatcher that can read and use the menus of the icons.

Prints `ready` when programs can see it. Answers each line of its input with one line: `menu` with the labels of the
newest icon's menu as a JSON list, empty without an icon; `choose LABEL` with `chosen` or `missing`.
"""

import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


def say(line):
    print(line, flush=True)


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        self.bus = bus
        self.items = []
        super().__init__(dbus.service.BusName(WATCHER, bus), "/StatusNotifierWatcher")

    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender):
        # Some programs give their bus name, others the path of their object.
        item = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        self.items.append(item)
        self.StatusNotifierItemRegistered("".join(item))

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, service):
        pass

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {
            "IsStatusNotifierHostRegistered": True,
            "ProtocolVersion": dbus.Int32(0),
            "RegisteredStatusNotifierItems": dbus.Array(["".join(item) for item in self.items], signature="s"),
        }

    def menu(self):
        """The newest icon's menu, and its entries as (number, label), those of submenus included."""
        if not self.items:
            return None, []
        owner, path = self.items[-1]
        item = dbus.Interface(self.bus.get_object(owner, path), dbus.PROPERTIES_IFACE)
        menu = dbus.Interface(self.bus.get_object(owner, item.Get(ITEM, "Menu")), MENU)
        _, root = menu.GetLayout(0, -1, ["label"])
        return menu, list(entries(root))

    def answer(self, line):
        command, _, label = line.rstrip("\n").partition(" ")
        menu, shown = self.menu()
        if command == "menu":
            return json.dumps([label for _, label in shown], ensure_ascii=False)
        number = next((number for number, text in shown if text == label), None)
        if number is None:
            return "missing"
        # Whoever is told to quit does not reply any more.
        menu.Event(number, "clicked", "", dbus.UInt32(0), ignore_reply=True)
        return "chosen"


def entries(entry):
    number, properties, children = entry
    if "label" in properties:
        yield number, str(properties["label"])
    for child in children:
        yield from entries(child)


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    loop = GLib.MainLoop()
    watcher = Watcher(dbus.SessionBus())

    def heard(source, _):
        line = source.readline()
        if line:
            say(watcher.answer(line))
        else:
            loop.quit()
        return bool(line)

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, heard)
    say("ready")
    loop.run()


main()
