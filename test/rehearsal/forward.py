# forward.py ADDRESS PORT SOCKET: brings a Unix socket to an address of this network namespace.
import socket, sys, threading


def pump(source, target):
    while True:
        try:
            part = source.recv(65536)
        except OSError:
            part = b""
        if not part:
            break
        target.sendall(part)
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


server = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client = server.accept()[0]
    other = socket.socket(socket.AF_UNIX)
    other.connect(sys.argv[3])
    for pair in ((client, other), (other, client)):
        threading.Thread(target=pump, args=pair, daemon=True).start()
