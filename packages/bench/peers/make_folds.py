"""The fold of every row for two protocols, so that every model is scored on the same folds.

Job: x, y (.npy files), random, grouped (.npy files to write). random: StratifiedKFold; grouped: StratifiedGroupKFold,
where rows of equal features are a group. Ten folds, seed 0.
"""
import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from side import read_job, tell

job = read_job()
x, y = pd.DataFrame(np.load(job["x"])), np.load(job["y"])
group = x.groupby(list(x.columns), sort=False).ngroup().to_numpy()
for name, splitter in {
    "random": StratifiedKFold(10, shuffle=True, random_state=0),
    "grouped": StratifiedGroupKFold(10, shuffle=True, random_state=0),
}.items():
    fold = np.empty(len(y), np.uint8)
    for number, (_, test) in enumerate(splitter.split(x, y, group)):
        fold[test] = number
    np.save(job[name], fold)
tell("result")
