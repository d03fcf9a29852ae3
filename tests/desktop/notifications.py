#!/usr/bin/python3
"""The notification service of a desktop, with a user who does as told.

Its arguments are its capabilities; without any it has buttons. Prints `ready` when programs can see it, then each notification as JSON. The input line `press NUMBER ACTION` presses a
button, `close NUMBER` closes a notification without an answer.
"""

import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
CLOSED_BY_USER, CLOSED_BY_CALL = 2, 3


def say(line):
    print(line, flush=True)


class Service(dbus.service.Object):
    def __init__(self, bus):
        self.last = 0
        super().__init__(dbus.service.BusName(NAME, bus), "/org/freedesktop/Notifications")

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        self.last = number = int(replaces) or self.last + 1
        labels = dict(zip(actions[::2], actions[1::2]))
        shown = {"number": number, "title": title, "body": body, "actions": labels, "urgency": int(hints["urgency"])}
        say(json.dumps(shown, ensure_ascii=False))
        return dbus.UInt32(number)

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        self.NotificationClosed(number, CLOSED_BY_CALL)

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return sys.argv[1:] or ["actions", "body"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return "test", "test", "1", "1.2"

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, action):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass

    def act(self, line):
        command, number, *action = line.split()
        if command == "press":
            self.ActionInvoked(int(number), *action)
        self.NotificationClosed(int(number), CLOSED_BY_USER)


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    loop = GLib.MainLoop()
    service = Service(dbus.SessionBus())

    def heard(source, _):
        line = source.readline()
        if line:
            service.act(line)
        else:
            loop.quit()
        return bool(line)

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, heard)
    say("ready")
    loop.run()


main()
