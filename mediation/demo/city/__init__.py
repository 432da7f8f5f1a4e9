"""The demonstration city: Toulouse's real places, and invented organisations, people and activity on top of them.

Everything is a function of a seed and a day, so that two machines show the same city.
"""

from mediation.demo.city.load import load_city

__all__ = ["load_city"]
