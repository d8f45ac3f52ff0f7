"""Writing a guide of one's own from answers: what is asked, what follows from the answers, and what is left to do."""
