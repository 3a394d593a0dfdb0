# The stand-in's database: a JSON file behind a port and a password, or a real server of MongoDB's protocol.
import fcntl, json, os, socket
from ams_files import AMS, SERVER, load

STORE = os.environ["AMS_TEST_STORE"]
URL = load(SERVER).get("clusterdb.host", "")
CLUSTER = URL.startswith("mongodb://")
EMPTY = ("users", "settings", "nodes")


class FileStore:
    """One process changes it at a time."""

    def __enter__(self):
        if CLUSTER:
            self.sign_in()
        self.path = (STORE if CLUSTER else AMS) + "/data.json"
        self.lock = open(self.path + ".lock", "a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.data = {name: {} for name in EMPTY}
        if os.path.exists(self.path):
            with open(self.path) as file:
                self.data = json.load(file)
        return self.data

    def sign_in(self):
        user, _, place = URL[len("mongodb://") :].rpartition("@")
        host, port = place.split(",")[0].split(":")
        socket.create_connection((host, int(port)), 1).close()
        # One without a password takes everybody.
        if os.path.exists(STORE + "/password"):
            with open(STORE + "/password") as file:
                if user != "ams:" + file.read():
                    raise RuntimeError("Authentication failed")

    # At once or not at all: a machine may lose its power in the middle of a write, and the database must not.
    def __exit__(self, *_):
        with open(self.path + ".new", "w") as file:
            json.dump(self.data, file)
        os.rename(self.path + ".new", self.path)
        self.lock.close()


class MongoStore:
    """A real database: what changed is written entry by entry, without a lock, as AMS does it."""

    client = None

    def __enter__(self):
        import pymongo

        # AMS's driver waits 30 s for a server.
        MongoStore.client = self.client or pymongo.MongoClient(URL, serverSelectionTimeoutMS=2000)
        self.before = {name: {each.pop("_id"): each for each in self.find(name)} for name in EMPTY}
        self.data = json.loads(json.dumps(self.before))
        return self.data

    def find(self, name):
        try:
            return list(self.client.clusterdb[name].find())
        except Exception as error:
            raise RuntimeError(f"Authentication failed or no server: {error}")

    def __exit__(self, *_):
        for name, entries in self.data.items():
            for key in self.before[name].keys() - entries.keys():
                self.client.clusterdb[name].delete_one({"_id": key})
            for key, each in entries.items():
                if self.before[name].get(key) != each:
                    self.client.clusterdb[name].replace_one({"_id": key}, each, upsert=True)


Store = MongoStore if CLUSTER and STORE == "mongodb" else FileStore
