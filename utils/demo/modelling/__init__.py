"""Models the demo world's parts and writes their STEP files; needs build123d, which the product does without.

python3 -m venv ~/modelling && ~/modelling/bin/pip install build123d
~/modelling/bin/python -m utils.demo.modelling
"""
