# What the stand-in's panel REST does with applications (RestServiceV2, CommonRestService, AdminApplication), and how the nodes
# of a cluster follow each other, which no open source says: it is supposed here that they look at the database.
# Faults: `click` (JSON of an application's name and of settings: somebody else's, once, after the next read), `mute` (takes
# settings and never answers), `apart` (does not follow the others).
import json, os, re, shutil, threading, time
import ams_settings
from ams_apps import Application
from ams_files import AMS, event, fault, store, web
from ams_store import CLUSTER, Store

# Ticks are 20 times as fast as the real ones.
TICK = 0.05
LOOK = 0.2


class Admin:
    def __init__(self, applications):
        self.applications = applications
        if CLUSTER:
            threading.Thread(target=self.follow, daemon=True).start()

    # An answer's status and value.
    def rest(self, method, path, body):
        _, *words = path.split("/")
        if not words:
            return 200, {"applications": sorted(name for name, one in self.applications.items() if one.registered)}
        if words[0] == "settings":
            return self.change(words[1], body) if method == "POST" else self.read(words[1])
        if method == "POST":
            return self.create(words[0])
        return self.delete(words[0]) if method == "DELETE" else (404, None)

    def read(self, name):
        one = self.applications.get(name)
        if not one or not one.registered:
            return 204, None
        found, click = one.shown(), json.loads(fault("click") or "null")
        if click and click["name"] == name:
            os.remove(AMS + "/faults/click")
            one.update(ams_settings.read({**found, **click["settings"]}))
        return 200, found

    # Gson leaves out what is null (CommonRestService.changeSettings).
    def change(self, name, body):
        try:
            settings = ams_settings.read(body)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            return 400, str(error)
        # An application that is not there has no bean.
        done = self.applications[name].update(settings)
        event(f"settings of {name} {'written' if done else 'refused'}")
        while fault("mute") is not None:
            time.sleep(TICK)
        return 200, {"success": done, "message": "", "dataId": "", "errorId": 0}

    def create(self, name):
        if not re.fullmatch("[a-zA-Z0-9_-]*", name):
            return 200, result(False, "Application name is not alphanumeric. Please provide alphanumeric characters")
        if name in self.applications:
            return 200, result(False, "Application with the same name already exists")
        event(f"makes {name}")
        if CLUSTER:
            with Store() as data:
                data["settings"].pop(name, None)
        self.deploy(name)
        for _ in range(20):
            time.sleep(TICK)
            one = self.applications.get(name)
            if one and one.registered:
                # updateAppStatus writes the settings as they are.
                one.update({**one.settings, "appStatus": "installed"})
                return 200, result(True)
        # updateAppStatus asks the settings of nothing.
        return 500, "java.lang.NullPointerException"

    # create_app.sh and WarDeployer. The script ends at a folder that is there.
    def deploy(self, name):
        made = re.sub(r"-\d+$", "", name)
        if os.path.exists(f"{AMS}/webapps/{made}"):
            return
        os.makedirs(os.path.dirname(web(made)))
        store(web(made), {"db.type": "mapdb", "db.host": "", "db.name": made.lower(), "appName": made})
        # Two of one database do not start.
        if made.lower() not in [one.lower() for one in self.applications]:
            self.applications[made] = Application(made)

    def remove(self, name):
        self.applications.pop(name, None)
        shutil.rmtree(f"{AMS}/webapps/{name}", ignore_errors=True)

    def delete(self, name):
        one = self.applications.get(name)
        if not one or not one.registered:
            return 200, result(False, f"AppSettings is not available for app: {name}. It's not available or it's being initialized")
        one.update({**one.settings, "appStatus": "deleted"})
        self.remove(name)
        return 200, result(True)

    def follow(self):
        while True:
            time.sleep(LOOK)
            try:
                with Store() as data:
                    stored = dict(data["settings"]) if fault("apart") is None else {}
                for name, settings in stored.items():
                    self.agree(name, settings)
            except (OSError, RuntimeError):
                pass

    def agree(self, name, settings):
        one = self.applications.get(name)
        if settings.get("appStatus") == "deleted":
            self.remove(name)
        elif one is None:
            self.deploy(name)
        # AntMediaApplicationAdapter.isIncomingSettingsDifferent; what is written here goes to the database before it is looked at.
        elif one.runs and one.settings["updateTime"] != settings["updateTime"]:
            with one.lock, Store() as data:
                one.take(data["settings"].get(name, one.settings))


def result(success, message=""):
    return {"success": success, "message": message, "dataId": "", "errorId": 0}
