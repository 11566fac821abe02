"""Who can sign in to the sample workspace: printed at the start, the same everywhere."""

PASSWORD = "guanxi-sample-2026"  # noqa: S105 - public on purpose: it opens the sample and nothing else
SIGN_INS = [
    {"role": "administrator", "email": "admin@guanxi.local", "password": PASSWORD},
    {"role": "manager", "email": "manager@guanxi.local", "password": PASSWORD},
    {"role": "salesperson", "email": "sales@guanxi.local", "password": PASSWORD},
]
