"""The original's training job on scikit-learn: its five models, grids and 3 folds, and KNN imputation, on all cores
that it is allowed, in the current release.

Job: x, y, xTest, yTest (.npy files), jobs (processes). GridSearchCV fits each winner once more on all rows, and the
winner answers for the test rows: that is in the seconds.
"""
import time

import numpy as np
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

from side import read_job, tell

SIZES = [8, 16, 32, 64, 128, 256]
MODELS = {
    "random_forest": (RandomForestClassifier(random_state=0), {"n_estimators": [8, 16, 32, 128, 256]}),
    "decision_tree": (DecisionTreeClassifier(random_state=0), {"criterion": ["gini", "entropy"]}),
    "gradient_boosting": (
        GradientBoostingClassifier(random_state=0),
        {"learning_rate": [0.1, 0.01, 0.05, 0.001], "subsample": [0.6, 0.7, 0.75, 0.85, 0.9], "n_estimators": SIZES},
    ),
    "logistic_regression": (LogisticRegression(), {}),
    "adaboost": (AdaBoostClassifier(random_state=0), {"learning_rate": [0.1, 0.01, 0.001], "n_estimators": SIZES}),
}

job = read_job()
x, y, x_test, y_test = (np.load(job[name]) for name in ("x", "y", "xTest", "yTest"))
models = []
start = time.perf_counter()
imputer = KNNImputer(n_neighbors=3).fit(x)
x, x_test = imputer.transform(x), imputer.transform(x_test)
for name, (model, grid) in MODELS.items():
    tell("progress", share=len(models) / len(MODELS), message=name)
    search = GridSearchCV(model, grid, cv=3, n_jobs=job["jobs"]).fit(x, y)
    guess = search.predict(x_test)
    models.append({
        "family": name,
        "params": search.best_params_,
        "crossValidationAccuracy": search.best_score_,
        "testAccuracy": accuracy_score(y_test, guess),
        "testF1": f1_score(y_test, guess),
    })
tell("result", seconds=[time.perf_counter() - start], models=models)
