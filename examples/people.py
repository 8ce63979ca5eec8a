#!/usr/bin/env python3
"""Uses libentrasync from Python, by ctypes alone.

    people.py write CONFIGURATION LIST TEMPLATE
    people.py lookup CONFIGURATION ADDRESS...

The classes can be imported. Their objects free what they hold at the end of a `with` block, or when
Python forgets them. One thread at a time may use an object.
"""

import ctypes
import signal
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint64, c_void_p


# Each handle has a type of its own, so that ctypes refuses one where another belongs.
class _Error(ctypes.Structure):
    pass


class _Client(ctypes.Structure):
    pass


class _List(ctypes.Structure):
    pass


class _Lookup(ctypes.Structure):
    pass


class _Report(ctypes.Structure):
    pass


class _Progress(ctypes.Structure):
    pass


_error = POINTER(POINTER(_Error))
_progress_callback = ctypes.CFUNCTYPE(c_int, POINTER(_Progress), c_void_p)

# What is used of entrasync.h: the result and the parameters of each function.
_DECLARATIONS = {
    "status_get_name": (c_char_p, [c_int]),
    "error_get_status": (c_int, [POINTER(_Error)]),
    "error_get_message": (c_char_p, [POINTER(_Error), POINTER(c_size_t)]),
    "error_get_request_id": (c_char_p, [POINTER(_Error), POINTER(c_size_t)]),
    "error_free": (None, [POINTER(_Error)]),
    "client_open": (c_int, [c_char_p, POINTER(POINTER(_Client)), _error]),
    "client_get_warning_count": (c_size_t, [POINTER(_Client)]),
    "client_get_warning": (c_char_p, [POINTER(_Client), c_size_t, POINTER(c_size_t)]),
    "client_set_progress": (None, [POINTER(_Client), _progress_callback, c_void_p]),
    "client_free": (None, [POINTER(_Client)]),
    "list_create": (c_int, [c_char_p, c_char_p, POINTER(POINTER(_List)), _error]),
    "list_add_client": (c_int, [POINTER(_List), POINTER(_Client), _error]),
    "list_write": (c_int, [POINTER(_List), POINTER(POINTER(_Report)), _error]),
    "list_free": (None, [POINTER(_List)]),
    "lookup_create": (c_int, [c_char_p, POINTER(POINTER(_Lookup)), _error]),
    "lookup_add_client": (c_int, [POINTER(_Lookup), POINTER(_Client), _error]),
    "lookup_find": (
        c_int,
        [POINTER(_Lookup), POINTER(c_char_p), c_size_t, POINTER(POINTER(_Report)), _error],
    ),
    "lookup_get_answer_count": (c_size_t, [POINTER(_Lookup)]),
    "lookup_get_answer": (c_int, [POINTER(_Lookup), c_size_t]),
    "lookup_get_error": (POINTER(_Error), [POINTER(_Lookup), c_size_t]),
    "lookup_get_reason": (c_char_p, [POINTER(_Lookup), c_size_t, POINTER(c_size_t)]),
    "lookup_get_line_count": (c_size_t, [POINTER(_Lookup), c_size_t]),
    "lookup_get_line": (c_char_p, [POINTER(_Lookup), c_size_t, c_size_t, POINTER(c_size_t)]),
    "lookup_free": (None, [POINTER(_Lookup)]),
    "report_get_count": (c_uint64, [POINTER(_Report), c_int]),
    "report_get_changed": (c_int, [POINTER(_Report)]),
    "report_free": (None, [POINTER(_Report)]),
}
_OK = 0
_COUNT_WRITTEN, _COUNT_ADDED, _COUNT_REMOVED = 2, 3, 4
_ANSWERS = {0: "unknown", 1: "member", 2: "not a member", 3: "without a line"}


def _load():
    """Loads the library, and tells ctypes what each function takes and returns."""
    library = ctypes.CDLL("libentrasync.so.1")
    for name, (result, parameters) in _DECLARATIONS.items():
        function = getattr(library, "entrasync_" + name)
        function.restype, function.argtypes = result, parameters
    return library


_library = _load()


def _bytes(text):
    """Text as the library takes it, or None. Bytes that are not UTF-8 stay as they are."""
    if text is None:
        return None
    if "\0" in text:
        raise ValueError("a text with a NUL would be cut off there")
    return text.encode("utf-8", "surrogateescape")


def _text(borrowed):
    """A copy of a text that belongs to a handle. ctypes has copied its bytes already."""
    return borrowed.decode("utf-8", "surrogateescape")


class EntraSyncError(Exception):
    """Why a call failed: `status` is a name such as `not_found`, the text is the message."""

    def __init__(self, error):
        """Copies a handle of the library, which stays its owner's."""
        super().__init__(_text(_library.entrasync_error_get_message(error, None)))
        status = _library.entrasync_error_get_status(error)
        self.status = _text(_library.entrasync_status_get_name(status))
        self.request_id = _text(_library.entrasync_error_get_request_id(error, None))


def _call(name, *arguments, always=False):
    """Calls a function whose last parameter is the error, and raises what it reports.

    If `always` is true, the error is returned, or None.
    """
    handle = POINTER(_Error)()
    status = getattr(_library, "entrasync_" + name)(*arguments, byref(handle))
    try:
        error = None if status == _OK else EntraSyncError(handle)
    finally:
        _library.entrasync_error_free(handle)
    if error and not always:
        raise error
    return error


class _Handle:
    """Owns a handle. One that was closed is NULL, which every function of the library accepts."""

    def __init__(self, kind, free):
        self._handle, self._free = POINTER(kind)(), free

    def close(self):
        handle, self._handle = self._handle, type(self._handle)()
        self._free(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        # An object whose making failed early has nothing to free.
        if hasattr(self, "_handle"):
            self.close()


class Client(_Handle):
    """One configuration."""

    def __init__(self, path):
        super().__init__(_Client, _library.entrasync_client_free)
        _call("client_open", _bytes(path), byref(self._handle))

    def warnings(self):
        count = _library.entrasync_client_get_warning_count(self._handle)
        get = _library.entrasync_client_get_warning
        return [_text(get(self._handle, index, None)) for index in range(count)]

    def stop_when(self, is_wanted):
        """Ends a run soon after `is_wanted()` is true. It must not raise: C would not notice."""
        # ctypes frees a callback that nobody holds, though the library would still call it.
        self._callback = _progress_callback(lambda progress, _: 1 if is_wanted() else 0)
        _library.entrasync_client_set_progress(self._handle, self._callback, None)


class List(_Handle):
    """One list file."""

    def __init__(self, path, template, *clients):
        super().__init__(_List, _library.entrasync_list_free)
        _call("list_create", _bytes(path), _bytes(template), byref(self._handle))
        for client in clients:
            _call("list_add_client", self._handle, client._handle)
        # A list keeps its clients, and their callbacks are called.
        self._clients = clients

    def write(self):
        """Replaces the list. Returns the figures of the report."""
        report = POINTER(_Report)()
        try:
            _call("list_write", self._handle, byref(report))
            count = _library.entrasync_report_get_count
            return {
                "written": count(report, _COUNT_WRITTEN),
                "added": count(report, _COUNT_ADDED),
                "removed": count(report, _COUNT_REMOVED),
                "changed": bool(_library.entrasync_report_get_changed(report)),
            }
        finally:
            _library.entrasync_report_free(report)


class Lookup(_Handle):
    """Looks addresses up in real time. Without a template, lines have all of the QUERYFILTER."""

    def __init__(self, template, *clients):
        super().__init__(_Lookup, _library.entrasync_lookup_free)
        _call("lookup_create", _bytes(template), byref(self._handle))
        for client in clients:
            _call("lookup_add_client", self._handle, client._handle)
        self._clients = clients

    def find(self, *addresses):
        """Returns a pair for each address: what is known of it, and lines, a reason or an error.

        `unknown` never means no.
        """
        texts = (c_char_p * len(addresses))(*map(_bytes, addresses))
        error = _call("lookup_find", self._handle, texts, len(addresses), None, always=True)
        # The status is that of the first answer that is unknown; the others can be read.
        if error and _library.entrasync_lookup_get_answer_count(self._handle) != len(addresses):
            raise error
        return [self._answer(index) for index in range(len(addresses))]

    def _answer(self, index):
        answer = _ANSWERS[_library.entrasync_lookup_get_answer(self._handle, index)]
        if answer == "unknown":
            return answer, EntraSyncError(_library.entrasync_lookup_get_error(self._handle, index))
        if answer == "without a line":
            return answer, _text(_library.entrasync_lookup_get_reason(self._handle, index, None))
        count = _library.entrasync_lookup_get_line_count(self._handle, index)
        get = _library.entrasync_lookup_get_line
        return answer, [_text(get(self._handle, index, line, None)) for line in range(count)]


def _open(path):
    """Opens a configuration, prints its warnings, and lets Ctrl-C stop its runs."""
    client = Client(path)
    for warning in client.warnings():
        print(warning, file=sys.stderr)
    stopped = []
    # A handler that raises would do so inside a callback, where ctypes drops the exception.
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    client.stop_when(lambda: bool(stopped))
    return client


def write(configuration, path, template):
    """Writes a list. Returns the exit status."""
    with _open(configuration) as client, List(path, template, client) as people:
        figures = people.write()
    print("{written} lines, {added} added, {removed} removed".format(**figures))
    return 0


def look_up(configuration, *addresses):
    """Looks addresses up: 0 if all are members, 1 if one is not, 2 if one is unknown."""
    status = 0
    with _open(configuration) as client, Lookup(None, client) as lookup:
        for address, (answer, detail) in zip(addresses, lookup.find(*addresses)):
            detail = ", ".join(detail) if isinstance(detail, list) else detail
            print(f"{address}: {answer}" + (f": {detail}" if detail else ""))
            status = max(status, {"member": 0, "unknown": 2}.get(answer, 1))
    return status


def main(arguments):
    try:
        if len(arguments) == 4 and arguments[0] == "write":
            return write(*arguments[1:])
        if len(arguments) > 2 and arguments[0] == "lookup":
            return look_up(*arguments[1:])
    except EntraSyncError as error:
        print(error, file=sys.stderr)
        if error.request_id:
            print(f"request id for Microsoft's support: {error.request_id}", file=sys.stderr)
        return 2
    print("usage:", __doc__.split("\n\n")[1], sep="\n", file=sys.stderr)
    return 2


if __name__ == "__main__":
    # A name that is not UTF-8 is printed as the bytes that it has.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="surrogateescape")
    sys.exit(main(sys.argv[1:]))
