"""The engines beside Chromium, as Debian ships them: Firefox, and WebKitGTK, which is Safari's engine.

Both obey the commands of WebDriver: WebKitGTK through its driver, Firefox itself, by its protocol Marionette.
Debian has no geckodriver, which Selenium would need for Firefox.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from tests.patience import limit
from tests.serving import free_port

TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"), None)

Result = TypeVar("Result")


class Engine(ABC):
    """A running browser with one window, whose content is as wide as a test asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder  # for its profile
        self._processes: list[subprocess.Popen[bytes]] = []

    @staticmethod
    @abstractmethod
    def missing() -> str:
        """Return which Debian packages it lacks here."""

    @abstractmethod
    def command(self, name: str, **parameters: Any) -> Any:
        """Obey a command of WebDriver and return its value. Raises RuntimeError."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the content of the window as wide as this, in CSS pixels."""

    def start(self, *command: str, pass_fds: tuple[int, ...] = (), **environment: str) -> None:
        self._processes.append(
            subprocess.Popen(
                command,
                env={**os.environ, "HOME": str(self.folder), "LANG": "C.UTF-8", **environment},
                pass_fds=pass_fds,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def stop(self) -> None:
        for process in reversed(self._processes):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()

    def open(self, url: str) -> None:
        """Open the page without the bar that says that the clock is pinned."""
        self.command("Navigate", url=url)
        self.run("document.querySelector('.pinned-clock').remove()")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.command("ExecuteScript", script=script, args=arguments)

    def press(self, keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.command("PerformActions", actions=[keyboard])


class Firefox(Engine):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        port = free_port()
        (folder / "user.js").write_text(
            f'user_pref("marionette.port", {port}); user_pref("intl.accept_languages", "ja");'
        )
        self.start(
            "firefox-esr", "--headless", "--no-remote", "--marionette", "--profile", str(folder),
            "--remote-allow-system-access",
        )  # fmt: skip
        self._socket = _patiently(lambda: socket.create_connection(("127.0.0.1", port)))
        self._read()  # its greeting
        self.command("NewSession", capabilities={})
        self.command("SetWindowRect", width=1400, height=1100)

    @staticmethod
    def missing() -> str:
        return "" if shutil.which("firefox-esr") else "firefox-esr"

    def command(self, name: str, **parameters: Any) -> Any:
        return self._send(f"WebDriver:{name}", parameters)

    def resize(self, width: int, height: int) -> None:
        # No window of Firefox is narrower than 500 pixels; what it shows may be.
        self._send("Marionette:SetContext", {"value": "chrome"})
        self.run(
            "Object.assign(gBrowser.selectedBrowser.style,"
            " {flex: 'none', minWidth: 0, width: `${arguments[0]}px`, height: `${arguments[1]}px`})",
            width,
            height,
        )
        self._send("Marionette:SetContext", {"value": "content"})

    def print(self) -> bytes:
        """Return the page as a PDF, on paper as the style sheet has it."""
        return base64.b64decode(self.command("Print"))

    def _send(self, name: str, parameters: dict[str, Any]) -> Any:
        message = json.dumps([0, 1, name, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error)
        return result.get("value", result)

    def _read(self) -> Any:
        with self._socket.makefile("rb", 0) as incoming:
            length = b""
            while (character := incoming.read(1)) != b":":
                length += character
            message = b""
            while len(message) < int(length):
                message += incoming.read(int(length) - len(message))
        return json.loads(message)


class WebKit(Engine):
    # A window is no narrower than its buttons and its field for a URL.
    NO_BUTTONS = "* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }"
    PATHS: ClassVar = {"Navigate": "url", "ExecuteScript": "execute/sync", "PerformActions": "actions",
             "SetWindowRect": "window/rect"}  # fmt: skip

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (folder / "gtk-3.0").mkdir()
        (folder / "gtk-3.0" / "gtk.css").write_text(self.NO_BUTTONS)
        self._port = free_port()
        self.start(
            "WebKitWebDriver", f"--port={self._port}",
            DISPLAY=self._start_display(), XDG_CONFIG_HOME=str(folder),
        )  # fmt: skip
        _patiently(lambda: self._send("GET", "/status"))
        options = {"binary": str(MINI_BROWSER), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self._send("POST", "/session", {"capabilities": wanted})
        self._session = f"/session/{session['sessionId']}"

    @staticmethod
    def missing() -> str:
        commands = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
        return " ".join(commands[each] for each in commands if not shutil.which(each))

    def _start_display(self) -> str:
        """Start a display for it, which no screen shows, and return its name."""
        reader, writer = os.pipe()
        self.start(
            "Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1100x24", "-nolisten", "tcp",
            pass_fds=(writer,),
        )  # fmt: skip
        os.close(writer)
        with open(reader, encoding="ascii") as number:
            return f":{number.readline().strip()}"

    def stop(self) -> None:
        self._send("DELETE", self._session)
        super().stop()

    def command(self, name: str, **parameters: Any) -> Any:
        return self._send("POST", f"{self._session}/{self.PATHS[name]}", parameters)

    def resize(self, width: int, height: int) -> None:
        self.command("SetWindowRect", width=width, height=height)

    def _send(self, method: str, path: str, parameters: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=limit(30))
        connection.request(method, path, json.dumps(parameters) if parameters else None)
        answer = json.loads(connection.getresponse().read())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(answer)
        return answer


def _patiently(attempt: Callable[[], Result]) -> Result:
    """Return what the attempt returns once something listens. Raises OSError after half a minute."""
    end = time.monotonic() + limit(30)
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
