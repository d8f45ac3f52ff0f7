"""What may be done with this client.

`questions.py` asks, `answers.py` checks the answers, `screening.py` holds them, `findings.py` says what they block and
limit, `alerts.py` what the sensations may mean, `verdict.py` judges a step, and `gate.py` decides what goes out.
"""
