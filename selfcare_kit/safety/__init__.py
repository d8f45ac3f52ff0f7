"""What may be done to this client: questions and answers, findings, alerts, and the gate."""
