"""The versions of Python and of the libraries that the scripts use."""
import platform
from importlib.metadata import version

from side import tell

LIBRARIES = ["scikit-learn", "xgboost", "lightgbm", "numpy", "scipy", "joblib", "pandas"]
tell("result", versions={"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}})
