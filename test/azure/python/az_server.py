"""Runs az command lines for the stand-in, each in a fork of a process that has loaded most of what az imports.

Starting Python and loading az's libraries is what takes long in an az call. The fork runs the same real az, with its caller's words,
environment, folder and streams. Modules of az itself are not kept, as they read the environment when they are loaded.
"""

import importlib
import json
import os
import runpy
import signal
import socket
import sys

LEFT_OUT = ('azure.cli', 'az_', 'ml_', 'extension_call', '__')


def serve(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(16)
    sys.stdout.write('ready\n')
    sys.stdout.flush()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    learning, learned = os.pipe()
    os.set_blocking(learning, False)
    while True:
        caller, _ = server.accept()
        load(read_names(learning))
        known = set(sys.modules)
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer(caller, learned, known)
        caller.close()


def answer(caller, learned, known):
    """Runs what the caller asks for; never returns."""
    message, streams, _, _ = socket.recv_fds(caller, 1 << 20, 3)
    asked = json.loads(message)
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked['environment'])
    os.chdir(asked['folder'])
    sys.argv = asked['words']
    code = run(asked['program'])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        caller.sendall(b'%d' % code)
        tell(learned, [name for name in sys.modules if name not in known and not name.startswith(LEFT_OUT)])
    finally:
        os._exit(code)


def tell(learned, names):
    """Lets the server know what else is worth loading; a full pipe only means that it learns it next time."""
    os.set_blocking(learned, False)
    if names:
        os.write(learned, (' '.join(names) + ' ').encode())


def run(program):
    """Runs a module or a file as the main program and gives its exit code."""
    try:
        if program.endswith('.py'):
            sys.path.insert(0, os.path.dirname(program))
            runpy.run_path(program, run_name='__main__')
        else:
            runpy.run_module(program, run_name='__main__', alter_sys=True)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(ended.code + '\n')
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:  # a crash of az has to look like one
        import traceback
        traceback.print_exc()
        return 1
    return 0


def read_names(learning):
    text = b''
    try:
        while True:
            part = os.read(learning, 1 << 16)
            if not part:
                break
            text += part
    except BlockingIOError:
        pass
    return [name for name in dict.fromkeys(text.decode().split()) if name not in sys.modules]


def load(names):
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # what cannot be loaded alone is loaded by az in its place
            pass


if __name__ == '__main__':
    serve(sys.argv[1])
