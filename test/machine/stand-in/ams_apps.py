# Applications of the stand-in. They start beside Tomcat and after it: first the scope is registered, later the application
# runs. Whoever asks something below an application's path before it is registered makes its settings before Spring can
# fill them (DataTransferValve.java): that application then runs on defaults for the life of the process.
# Faults: `slow` seconds until it runs, `early` seconds of a scope that is registered before, `broken` (its database refuses
# an index: it never runs).
import os, threading, time
from ams_doors import Doors
from ams_files import AMS, event, fault, load, store, web
from ams_settings import accepted, filled, shown, text
from ams_store import CLUSTER, Store

SECONDS = 0.15


def complain(text):
    with open(AMS + "/log/ant-media-server.log", "a") as log:
        log.write(f"{time.strftime('%F %T')},000 [main] ERROR {text}\n")


class Application:
    def __init__(self, name):
        self.name = name
        self.settings = None
        self.registered = False
        self.runs = False
        self.lock = threading.RLock()
        self.doors = Doors()
        threading.Thread(target=self.start, daemon=True).start()

    # Whatever Tomcat serves of it passes the valve.
    def touch(self):
        if not self.registered and self.settings is None:
            self.settings = filled({})
            event(f"{self.name} touched before its start")

    def start(self):
        seconds, early = float(fault("slow") or SECONDS), float(fault("early") or 0)
        time.sleep(max(seconds - early, 0.1))
        self.settings = self.settings or filled(load(web(self.name)))
        self.registered = True
        time.sleep(early)
        while fault("broken") is not None:
            time.sleep(0.1)
        while CLUSTER:
            try:
                self.agree()
                break
            except (OSError, RuntimeError) as error:
                # As MongoDB's driver says it (SaslAuthenticator.java).
                why = "com.mongodb.MongoSecurityException: Exception authenticating" if "Auth" in str(error) else str(error)
                complain(f"i.a.datastore.db.MongoStore - {why}")
                time.sleep(0.1)
        self.runs = True
        event(f"key {self.settings['clusterCommunicationKey']}")

    # AntMediaApplicationAdapter.appStart: what the database has counts; without any, reads, waits and writes, with no lock.
    def agree(self):
        with Store() as data:
            stored = data["settings"].get(self.name)
        time.sleep(0.05)
        if stored is None:
            with Store() as data:
                data["settings"][self.name] = self.settings
        self.take(stored or self.settings)

    def take(self, settings):
        self.settings = settings
        path = web(self.name)
        store(path, {**load(path), **{key: text(value) for key, value in settings.items()}})

    # AntMediaApplicationAdapter.updateSettings, which is synchronized.
    def update(self, settings):
        with self.lock:
            if not accepted(settings):
                return False
            self.take({**settings, "updateTime": int(time.time() * 1000)})
            if CLUSTER:
                with Store() as data:
                    data["settings"][self.name] = self.settings
            return True

    def shown(self):
        return shown(self.settings)


def start():
    names = [name for name in sorted(os.listdir(AMS + "/webapps")) if os.path.exists(web(name)) and name != "root"]
    return {name: Application(name) for name in names}
