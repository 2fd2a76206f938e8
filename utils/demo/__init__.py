"""The demo world: a robotics team's season with parts, people, history and modelled STEP files."""
