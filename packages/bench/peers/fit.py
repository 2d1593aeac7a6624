"""Fit times and peak memory of one model on a matrix that both sides read, and its answers for other rows.

Job: x, y, xTest (.npy files), out (.npy to write: the probability of class 1 for each row of xTest), estimator,
params, fits (how many, in this one process). Answers seconds, one a fit; loading and importing are not in them.
"""
import time

import numpy as np

from side import make, peak_megabytes, read_job, tell

job = read_job()
x, y = np.load(job["x"]), np.load(job["y"])
seconds = []
for number in range(job["fits"]):
    model = make(job["estimator"], job["params"])
    began = time.perf_counter()
    model.fit(x, y)
    seconds.append(time.perf_counter() - began)
    tell("progress", share=(number + 1) / job["fits"])
peak = peak_megabytes()
np.save(job["out"], model.predict_proba(np.load(job["xTest"]))[:, 1].astype("<f8"))
tell("result", seconds=seconds, peakMegabytes=peak)
