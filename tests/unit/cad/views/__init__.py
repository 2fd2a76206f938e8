"""Tests of the pictures of parts."""
