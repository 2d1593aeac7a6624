"""Out-of-fold probabilities of one model on given folds, two folds at a time. Nothing is scored here.

Job: x, y, folds (.npy files), out (.npy to write: the probability of class 1 for each row, by the model that has not
seen its fold), estimator, params, jobs (processes). Answers seconds, one a fold.
"""
import time

import numpy as np
from joblib import Parallel, delayed

from side import make, read_job, tell


def fit_without(job, x, y, folds, fold):
    model = make(job["estimator"], job["params"])
    began = time.perf_counter()
    model.fit(x[folds != fold], y[folds != fold])
    return fold, time.perf_counter() - began, model.predict_proba(x[folds == fold])[:, 1]


if __name__ == "__main__":
    job = read_job()
    x, y, folds = (np.load(job[name]) for name in ("x", "y", "folds"))
    count = int(folds.max()) + 1
    probability, seconds = np.empty(len(y), "<f8"), []
    parallel = Parallel(n_jobs=job["jobs"], return_as="generator")
    for fold, took, answers in parallel(delayed(fit_without)(job, x, y, folds, k) for k in range(count)):
        probability[folds == fold] = answers
        seconds.append(took)
        tell("progress", share=len(seconds) / count)
    np.save(job["out"], probability)
    tell("result", seconds=seconds)
