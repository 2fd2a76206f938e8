"""Models the demo world's parts and writes their STEP files; needs build123d, which the product does without.

python3 -m venv /tmp/modelling && /tmp/modelling/bin/pip install build123d
/tmp/modelling/bin/python -m utils.demo.modelling
"""
