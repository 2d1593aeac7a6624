"""What the scripts share: their job is one JSON object, the only argument; they answer in JSON, one object a line."""
import importlib
import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")


def read_job():
    return json.loads(sys.argv[1])


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def make(estimator, params):
    """An unfitted model: make("xgboost.XGBClassifier", {"n_estimators": 256})."""
    module, name = estimator.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)(**params)


def peak_megabytes():
    """The most memory that this process has held. Not ru_maxrss where it can be avoided: that counts the parent's too."""
    try:
        with open("/proc/self/status") as status:
            kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
