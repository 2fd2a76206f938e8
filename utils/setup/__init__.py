"""What `run.py` does before any dependency exists; standard library only, imports nothing of ours."""
