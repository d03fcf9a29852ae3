"""A notification service for tests: prints each call as a line of JSON, and does what the lines on its input say.

    invoke NUMBER ACTION    the user presses a button ("default": clicks the message)
    close NUMBER REASON     the message goes away: 1 expired, 2 dismissed by the user
"""

import json
import sys
import threading

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


def say(**line):
    print(json.dumps(line), flush=True)


class Notifications(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, in_signature="", out_signature="as")
    def GetCapabilities(self):
        return sys.argv[1:]

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        if not replaces:
            self.last += 1
        number = replaces or self.last
        say(
            call="Notify",
            number=int(number),
            replaces=int(replaces),
            app=app,
            title=title,
            body=body,
            actions=list(actions),
            urgency=int(hints["urgency"]),
            resident=bool(hints["resident"]),
            timeout=int(timeout),
        )
        return number

    @dbus.service.method(NAME, in_signature="u", out_signature="")
    def CloseNotification(self, number):
        say(call="CloseNotification", number=int(number))
        self.NotificationClosed(number, 3)

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, action):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass


def obey(service):
    for line in sys.stdin:
        verb, number, what = line.split()
        if verb == "invoke":
            GLib.idle_add(service.ActionInvoked, int(number), what)
        else:
            GLib.idle_add(service.NotificationClosed, int(number), int(what))
    GLib.idle_add(loop.quit)


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(NAME, bus, do_not_queue=True)
loop = GLib.MainLoop()
threading.Thread(target=obey, args=[Notifications(bus, PATH)], daemon=True).start()
say(call="ready")
loop.run()
