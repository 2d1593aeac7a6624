"""Makes payments.csv: invented card payments with a known rule, so that the example needs nobody's data.

Usage: python3 make_payments.py > payments.csv      (Python 3.8 or newer, standard library only)
"""
import csv, math, random, sys

random.seed(11)
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["payment_id", "amount", "hour", "country", "channel", "account_age_days", "retries", "agent_note", "sampled_for", "outcome"])
COUNTRIES = ["AT", "BR", "DE", "FR", "NG", "US"]
for number in range(1, 901):
    country = random.choices(COUNTRIES, [1, 2, 4, 3, 1, 5])[0]
    channel = random.choices(["app", "web", "phone"], [5, 4, 1])[0]
    amount = round(math.exp(random.gauss(3.6, 1.1)), 2)
    hour = int(random.triangular(0, 24, 15)) % 24
    age = int(random.expovariate(1 / 400))
    retries = min(9, int(random.expovariate(1.2)))
    risk = -2.3 + 0.9 * retries + 0.6 * math.log(amount) - 0.8 * math.log1p(age / 60) + (1.4 if channel == "phone" else 0) + (1.1 if hour < 6 else 0) + (0.9 if country in ("BR", "NG") else 0)
    bad = random.random() < 1 / (1 + math.exp(-3.5 * risk))
    outcome = random.choice(["fraud", "chargeback"]) if bad else random.choices(["paid", "refunded"], [12, 1])[0]
    note = random.choice(["", "", "", "called back", 'said "never again"', "VIP, be kind"])
    weight = 1 if bad else 3  # every bad payment was kept, one good payment in three
    out.writerow([f"P{number:05d}", random.choice(["?", "NA"]) if random.random() < 0.03 else amount, hour, "" if random.random() < 0.04 else country, channel,
                  "NA" if random.random() < 0.06 else age, retries, note, weight, outcome])
